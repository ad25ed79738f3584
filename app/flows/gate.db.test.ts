import { expect, test } from 'vitest'
import { messageId } from '#app/lib/ids.ts'
import { type SystemTx, withShop, withSystem } from '#app/platform/database.server.ts'
import { addFlow, beginStory, type Story } from '#tests/builders/flow-story.ts'
import { cartSaid, checkoutSaid, deliver, minute, orderSaid, refundSaid } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import type { DefinitionInput } from './definition.ts'
import { type GatedMessage, gateMessages } from './gate.server.ts'
import { pauseFlow } from './pause-flow.server.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const day = (days: number) => hour(days * 24)
const ann = { email: 'ann@x.example', customer: 1 }

/** What the gate says of all of the story's messages at a moment. */
const verdictsOf = (story: Story, now: Date, watch: (tx: SystemTx) => SystemTx = (tx) => tx) =>
  withSystem(db, async (tx) => {
    const messages = await tx.rows<GatedMessage>(
      `select shop_id as "shopId", id, enrolment_id as "enrolmentId", profile_id as "profileId", subject_ref as subject
       from message where shop_id = $1 order by due_at`,
      [story.shopId],
    )
    const verdicts = await gateMessages(watch(tx), messages, now)
    return messages.map(({ id }) => verdicts.get(id))
  })

async function withReminder() {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(cartSaid({ at: minute(0) }), checkoutSaid('checkouts/create', { at: minute(1), ...ann }))
  await story.until(minute(61))
  return story
}

test('6.2 a message whose enrolment still stands may go, at the cost of two statements and a savepoint', async () => {
  const story = await withReminder()
  const statements: string[] = []
  const verdicts = await verdictsOf(story, minute(61), (tx) => ({
    system: true,
    rows: (sql, values) => {
      statements.push(sql)
      return tx.rows(sql, values)
    },
  }))
  expect(verdicts).toMatchObject([{ kind: 'go' }])
  expect(statements).toHaveLength(4)
})

test('6.2 a message whose enrolment was ended meanwhile is skipped with the exit’s reason', async () => {
  const story = await withReminder()
  await story.tell(orderSaid('orders/create', { at: minute(62), ...ann }))
  expect(await verdictsOf(story, minute(63))).toEqual([{ kind: 'skip', reason: 'ordered' }])
})

test('6.2 an exit after the flow’s end still stops its last message', async () => {
  const story = await beginStory(db, ['post-purchase'])
  await story.tell(orderSaid('orders/create', { at: minute(0), isPaid: true, isFulfilled: true, ...ann }))
  await story.until(day(20))
  expect(await story.enrolments()).toMatchObject([{ state: 'completed' }])
  expect(await verdictsOf(story, day(20))).toEqual([{ kind: 'go' }, { kind: 'go' }])
  await story.tell(refundSaid({ at: day(20), amount: '10.00' }))
  expect(await verdictsOf(story, day(20))).toEqual([
    { kind: 'skip', reason: 'order_refunded' },
    { kind: 'skip', reason: 'order_refunded' },
  ])
})

test('4.4 refunds that together make up the whole order end what the whole ends, at once and before a late send', async () => {
  const story = await beginStory(db, ['post-purchase'])
  const order = { isPaid: true, quantity: 2, ...ann }
  await story.tell(orderSaid('orders/create', { at: minute(0), ...order }))
  await story.tell(refundSaid({ id: 1, at: minute(60), amount: '12.00' }))
  expect(await story.enrolments()).toMatchObject([{ state: 'active' }])
  await story.tell(refundSaid({ id: 2, at: minute(90), amount: '8.00' }))
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'order_refunded' }])

  const late = await beginStory(db, ['post-purchase'])
  await late.tell(orderSaid('orders/create', { at: minute(0), isFulfilled: true, ...order }))
  await late.until(day(20))
  await late.tell(refundSaid({ id: 3, at: day(20), amount: '12.00' }))
  expect(await verdictsOf(late, day(20))).toMatchObject([{ kind: 'go' }, { kind: 'go' }])
  await late.tell(refundSaid({ id: 4, at: day(20), amount: '8.00' }))
  expect(await verdictsOf(late, day(20))).toMatchObject([{ reason: 'order_refunded' }, { reason: 'order_refunded' }])
})

test('6.2 the filter is asked on fresh data, and the verdict says what it saw', async () => {
  const story = await withReminder()
  await db.pool.query('update cart set item_count = 0 where shop_id = $1', [story.shopId])
  expect(await verdictsOf(story, minute(61))).toEqual([
    { kind: 'skip', reason: 'filter', seen: { 'this checkout open': true, 'items in cart': 0 } },
  ])
})

test('6.3 a paused flow’s messages wait', async () => {
  const story = await withReminder()
  const flow = await story.flow('abandoned-checkout')
  await withShop(db, story.shopId, (tx) => pauseFlow(tx, story.shopId, flow, minute(61)))
  expect(await verdictsOf(story, minute(61))).toEqual([{ kind: 'defer', until: minute(71), reason: 'flow_paused' }])
})

test('6.4 while orders are unread abandonment mails wait, but not for an order that was set aside', async () => {
  const story = await withReminder()
  const order = { ...orderSaid('orders/create', { at: minute(60), ...ann }), receivedAt: minute(60) }
  await withSystem(db, (tx) => deliver(tx, story.shopId, [order]))
  expect(await verdictsOf(story, minute(61))).toEqual([{ kind: 'defer', until: minute(62), reason: 'orders_unread' }])
  await db.pool.query(`update inbox set set_aside_at = received_at, error = 'unreadable' where shop_id = $1`, [
    story.shopId,
  ])
  expect(await verdictsOf(story, minute(61))).toMatchObject([{ kind: 'go' }])
})

test('6.4 other mails do not wait for unread orders', async () => {
  const story = await beginStory(db, ['post-purchase'])
  await story.tell(orderSaid('orders/create', { at: minute(0), isPaid: true, ...ann }))
  await story.until(day(1))
  await withSystem(db, (tx) => deliver(tx, story.shopId, [orderSaid('orders/create', { id: 2, at: hour(23) })]))
  expect(await verdictsOf(story, day(1))).toEqual([{ kind: 'go' }])
})

const atOnce = (template: string): DefinitionInput => ({
  trigger: { kind: 'checkout-started' },
  entry: null,
  filter: null,
  reentry: 'always',
  exits: [],
  start: 'mail',
  steps: { mail: { kind: 'send-email', template, class: 'marketing', next: 'done' }, done: { kind: 'end' } },
})

test('6.5 a mail about a checkout waits until the checkout is ten minutes old', async () => {
  const story = await beginStory(db, [])
  await addFlow(db, story.shopId, 'at-once', atOnce)
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  expect(await verdictsOf(story, minute(1))).toEqual([
    { kind: 'defer', until: minute(10), reason: 'checkout_too_young' },
  ])
  expect(await verdictsOf(story, minute(10))).toEqual([{ kind: 'go' }])
})

test('a message without an enrolment is never sent by a flow', async () => {
  const story = await withReminder()
  const id = messageId('00000000-0000-4000-8000-000000000000')
  const lost = { shopId: story.shopId, id, enrolmentId: 0, profileId: 0, subject: 'profile' } as unknown as GatedMessage
  const verdicts = await withSystem(db, (tx) => gateMessages(tx, [lost], minute(1)))
  expect(verdicts.get(id)).toEqual({ kind: 'skip', reason: 'no_enrolment' })
})
