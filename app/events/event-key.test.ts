import { expect, test } from 'vitest'
import { eventKey } from './event-key.ts'
import type { ShopEvent } from './vocabulary.ts'

const event = (changes: Partial<ShopEvent>): ShopEvent => ({
  type: 'order_paid',
  subjects: ['order:1', 'cart:c'],
  occurredAt: new Date('2026-11-22T12:00:00Z'),
  props: {},
  ...changes,
})

test('one order is paid once, whoever tells of it, with whatever time and words', () => {
  const bySweep = event({ occurredAt: new Date('2027-01-01'), subjects: ['order:1'], props: { itemCount: 2 } })
  expect(eventKey(bySweep)).toBe(eventKey(event({})))
  expect(eventKey(event({ subjects: ['order:2'] }))).not.toBe(eventKey(event({})))
  expect(eventKey(event({ type: 'order_placed' }))).not.toBe(eventKey(event({})))
})

test('each refund and each parcel of one order is its own', () => {
  const refund = (refundId: string) => eventKey(event({ type: 'order_refunded', props: { refundId } }))
  expect(refund('r1')).toBe(refund('r1'))
  expect(refund('r1')).not.toBe(refund('r2'))
})

test('what may happen again has no key', () => {
  for (const type of ['cart_updated', 'checkout_updated', 'tags_added', 'message_opened'] as const)
    expect(eventKey(event({ type }))).toBeNull()
})
