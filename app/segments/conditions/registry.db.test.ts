import { expect, test } from 'vitest'
import { profileId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { conditionSchema, describeCondition } from '#app/segments/condition.ts'
import { inMinorUnits } from '#app/segments/condition-kind.ts'
import { evaluateCondition, findNextChanges } from '#app/segments/evaluate.server.ts'
import type { Question } from '#app/segments/verdict.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { type Kind, kindOf, type LeafInput, leafSchema } from './registry.ts'

const lastMonth = { kind: 'last', amount: 30, unit: 'days' } as const
const december = { kind: 'between', from: '2026-12-01T00:00:00+01:00', to: '2027-01-01T00:00:00+01:00' } as const

/** One of each way in which a condition can be written. */
const examples: Record<Kind, LeafInput[]> = {
  event: [
    { kind: 'event', type: 'order_placed' },
    { kind: 'event', type: 'message_clicked', count: { is: 'at-most', times: 3 }, window: lastMonth },
    { kind: 'event', type: 'checkout_started', count: { is: 'exactly', times: 0 }, window: { kind: 'since-entry' } },
    { kind: 'event', type: 'cart_updated', window: { kind: 'before-entry' }, sameSubject: true },
    {
      kind: 'event',
      type: 'order_refunded',
      window: december,
      where: [
        { on: 'prop', name: 'reason', is: { op: 'contains', value: 'late' } },
        { on: 'prop', name: 'partial', is: { op: 'eq', value: true } },
        { on: 'prop', name: 'source', is: { op: 'neq', value: 'pos' } },
        { on: 'prop', name: 'lines', is: { op: 'exists' } },
        { on: 'value', is: { op: 'gt', value: 1000 } },
        { on: 'value', is: { op: 'lt', value: 99.5 } },
      ],
    },
  ],
  'profile-attribute': [
    { kind: 'profile-attribute', of: { field: 'email' }, is: { op: 'exists' } },
    { kind: 'profile-attribute', of: { field: 'country' }, is: { op: 'eq', value: 'GB' } },
    { kind: 'profile-attribute', of: { field: 'tags' }, is: { op: 'contains', value: 'vip' } },
    { kind: 'profile-attribute', of: { field: 'attributes', name: 'size' }, is: { op: 'gt', value: 40 } },
  ],
  consent: [
    { kind: 'consent', is: 'subscribed' },
    { kind: 'consent', is: 'not_subscribed' },
  ],
  'order-count': [
    { kind: 'order-count', count: { is: 'at-least', times: 2 } },
    { kind: 'order-count', count: { is: 'exactly', times: 0 }, window: lastMonth },
  ],
  'total-spent': [
    { kind: 'total-spent', is: 'at-least', amountMinor: 10_000 },
    { kind: 'total-spent', is: 'at-most', amountMinor: 500, window: lastMonth },
  ],
  'last-order': [
    { kind: 'last-order', when: { is: 'within', length: { amount: 60, unit: 'days' } } },
    { kind: 'last-order', when: { is: 'not-within', length: { amount: 1, unit: 'weeks' } } },
    { kind: 'last-order', when: { is: 'never' } },
  ],
  'in-flow': [
    { kind: 'in-flow', flow: 'welcome', is: 'now' },
    { kind: 'in-flow', flow: 'welcome', is: 'ever', window: lastMonth },
    { kind: 'in-flow', flow: 'welcome', is: 'never', window: { kind: 'before-entry' } },
  ],
  bought: [
    { kind: 'bought', by: 'product', oneOf: ['gid://shopify/Product/1'] },
    { kind: 'bought', by: 'variant', oneOf: ['1', '2', '3', '4', '5'], count: { is: 'at-least', times: 2 } },
    { kind: 'bought', by: 'collection', oneOf: ['gid://shopify/Collection/1'], window: lastMonth },
    { kind: 'bought', by: 'product-type', oneOf: ['Mug'], count: { is: 'exactly', times: 0 } },
    { kind: 'bought', by: 'product-tag', oneOf: ['gift'], window: { kind: 'since-entry' } },
  ],
  'checkout-open': [
    { kind: 'checkout-open', which: 'subject' },
    { kind: 'checkout-open', which: 'any', minTotalMinor: 5_000 },
  ],
  'cart-has-items': [{ kind: 'cart-has-items' }, { kind: 'cart-has-items', atLeast: 3 }],
}

const db = await createTestDatabase()
const shop = await buildShop(db)
const someone: Question = {
  shopId: shop,
  profileId: profileId(1),
  asOf: new Date('2026-12-15T12:00:00Z'),
  enteredAt: new Date('2026-12-15T11:00:00Z'),
  subject: 'checkout:abc',
}
const leaves = Object.values(examples).flat()
const title = (leaf: LeafInput) => JSON.stringify(leaf)

test.each(leaves.map((leaf) => [title(leaf), leaf] as const))('%s reads the same after a round trip', (_, input) => {
  const leaf = leafSchema.parse(input)
  expect(leafSchema.parse(JSON.parse(JSON.stringify(leaf)))).toEqual(leaf)
  expect(conditionSchema.parse(input)).toEqual(leaf)
})

test.each(leaves.map((leaf) => [title(leaf), leaf] as const))('%s is said in plain words', (_, input) => {
  const leaf = leafSchema.parse(input)
  expect(kindOf(leaf).describe(leaf, inMinorUnits)).toMatch(/^(has|is) \S.*\S$/)
  expect(kindOf(leaf).label(leaf)).toMatch(/^\S(.*\S)?$/)
  expect(describeCondition({ not: leaf })).toMatch(/^(has|is|does) not|^not so: /)
})

test.each(leaves.map((leaf) => [title(leaf), leaf] as const))('%s can be asked of the database', async (_, input) => {
  const leaf = leafSchema.parse(input)
  const [verdict] = await withSystem(db, (tx) => evaluateCondition(tx, leaf, [someone]))
  expect(verdict?.passes).toBeTypeOf('boolean')
  expect(Object.keys(verdict?.seen ?? {})).toEqual([kindOf(leaf).label(leaf)])
  expect(await withSystem(db, (tx) => findNextChanges(tx, leaf, [someone]))).toHaveLength(1)
})
