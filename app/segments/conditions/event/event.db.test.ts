import { expect, test } from 'vitest'
import type { Comparison } from '#app/segments/comparison.ts'
import type { LeafInput } from '#app/segments/conditions/registry.ts'
import { ask, buildPerson, daysAgo, now } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const orderPlaced = { kind: 'event', type: 'order_placed' } as const
const lastMonth = { kind: 'last', amount: 30, unit: 'days' } as const

test('an event counts when it happened at all, and its number is seen', async () => {
  const person = await buildPerson(db, { events: [{ occurred_at: daysAgo(400) }, { occurred_at: daysAgo(2) }] })
  expect(await ask(db, person, orderPlaced)).toEqual({ passes: true, seen: { 'orders placed': 2 } })
})

test('an event that happens at the very moment counts, one a moment later does not', async () => {
  const person = await buildPerson(db, { events: [{ occurred_at: now }] })
  expect((await ask(db, person, orderPlaced)).passes).toBe(true)
  expect((await ask(db, person, orderPlaced, { asOf: new Date(now.getTime() - 1) })).passes).toBe(false)
})

test('an event drops out of the last 30 days when it is exactly 30 days old', async () => {
  const person = await buildPerson(db, { events: [{ occurred_at: daysAgo(30) }] })
  const inLastMonth = { ...orderPlaced, window: lastMonth }
  expect((await ask(db, person, inLastMonth)).passes).toBe(false)
  expect((await ask(db, person, inLastMonth, { asOf: new Date(now.getTime() - 1) })).passes).toBe(true)
})

test('what triggered the flow happened before entry, what follows happened since', async () => {
  const enteredAt = daysAgo(3)
  const person = await buildPerson(db, { events: [{ occurred_at: enteredAt }, { occurred_at: daysAgo(1) }] })
  const since = await ask(db, person, { ...orderPlaced, window: { kind: 'since-entry' } }, { enteredAt })
  expect(since.seen).toEqual({ 'orders placed since entry': 1 })
  const before = await ask(db, person, { ...orderPlaced, window: { kind: 'before-entry' } }, { enteredAt })
  expect(before.seen).toEqual({ 'orders placed before entry': 1 })
})

test('a time between two dates includes the first moment and not the last', async () => {
  const person = await buildPerson(db, { events: [{ occurred_at: daysAgo(10) }, { occurred_at: daysAgo(5) }] })
  const from = daysAgo(10).toISOString()
  const window = { kind: 'between', from, to: daysAgo(5).toISOString() } as const
  expect((await ask(db, person, { ...orderPlaced, window })).seen).toEqual({
    'orders placed between 2026-06-05 and 2026-06-10': 1,
  })
})

test('never having done it is a count of exactly none', async () => {
  const person = await buildPerson(db, { events: [{ type: 'cart_updated', occurred_at: daysAgo(1) }] })
  const never = { is: 'exactly', times: 0 } as const
  expect((await ask(db, person, { ...orderPlaced, count: never })).passes).toBe(true)
  expect((await ask(db, person, { kind: 'event', type: 'cart_updated', count: never })).passes).toBe(false)
})

test('only events with the wanted properties count, whatever the case of their letters', async () => {
  const person = await buildPerson(db, {
    events: [
      { occurred_at: daysAgo(1), props: { source: 'Web', lines: 2, gift: true, tags: ['Summer'] } },
      { occurred_at: daysAgo(1), props: { source: 'pos' } },
    ],
  })
  const count = async (name: string, is: Comparison) =>
    Object.values((await ask(db, person, { ...orderPlaced, where: [{ on: 'prop', name, is }] })).seen)[0]
  expect(await count('source', { op: 'eq', value: 'web' })).toBe(1)
  expect(await count('source', { op: 'neq', value: 'web' })).toBe(1)
  expect(await count('source', { op: 'contains', value: 'o' })).toBe(1)
  expect(await count('tags', { op: 'contains', value: 'summer' })).toBe(1)
  expect(await count('lines', { op: 'gt', value: 1.5 })).toBe(1)
  expect(await count('lines', { op: 'lt', value: 2 })).toBe(0)
  expect(await count('gift', { op: 'eq', value: true })).toBe(1)
  expect(await count('lines', { op: 'exists' })).toBe(1)
  expect(await count('lines', { op: 'neq', value: 2 })).toBe(1)
})

test('a value is compared in the currency of the shop only', async () => {
  const person = await buildPerson(db, {
    events: [
      { occurred_at: daysAgo(1), value_minor: 5000, currency: 'GBP' },
      { occurred_at: daysAgo(1), value_minor: 5000, currency: 'JPY' },
    ],
  })
  const large: LeafInput = { ...orderPlaced, where: [{ on: 'value', is: { op: 'gt', value: 4999 } }] }
  expect((await ask(db, person, large)).seen).toEqual({
    'orders placed where its value is greater than 4999 minor units': 1,
  })
})

test('an order belongs to the cart it came from, under any of its names', async () => {
  const person = await buildPerson(db, {
    events: [
      { occurred_at: daysAgo(1), subject: 'order:1', props: { subjects: ['checkout:a', 'cart:a'] } },
      { occurred_at: daysAgo(1), subject: 'order:2', props: { subjects: ['checkout:b', 'cart:b'] } },
      { occurred_at: daysAgo(1), subject: 'cart:a', props: {} },
    ],
  })
  const same = { ...orderPlaced, sameSubject: true }
  expect((await ask(db, person, same, { subject: 'cart:a' })).seen).toEqual({
    'orders placed for the same purchase': 2,
  })
  expect((await ask(db, person, same, { subject: 'cart:c' })).passes).toBe(false)
})
