import { expect, test } from 'vitest'
import { ask, buildPerson, daysAgo } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const spentAtLeast = (amountMinor: number) => ({ kind: 'total-spent', is: 'at-least', amountMinor }) as const

test('orders that stand add up, less what was refunded by then', async () => {
  const person = await buildPerson(db, {
    orders: [
      { shopify_id: 'kept', placed_at: daysAgo(9), total_minor: 3000 },
      { shopify_id: 'partly', placed_at: daysAgo(8), total_minor: 2000 },
      { shopify_id: 'gone', placed_at: daysAgo(7), total_minor: 9000, cancelled_at: daysAgo(6) },
    ],
    rows: {
      refund: [{ shopify_id: 'r', order_id: 'partly', amount_minor: 500, refunded_at: daysAgo(2), lines: [] }],
    },
  })
  expect(await ask(db, person, spentAtLeast(4500))).toEqual({ passes: true, seen: { 'minor units spent': 4500 } })
  expect((await ask(db, person, spentAtLeast(4501))).passes).toBe(false)
  expect((await ask(db, person, spentAtLeast(5000), { asOf: daysAgo(3) })).passes).toBe(true)
})

test('an order in another currency is never added', async () => {
  const person = await buildPerson(db, {
    orders: [
      { placed_at: daysAgo(9), total_minor: 3000 },
      { placed_at: daysAgo(9), total_minor: 900_000, currency: 'JPY' },
    ],
  })
  expect((await ask(db, person, spentAtLeast(1))).seen).toEqual({ 'minor units spent': 3000 })
})

test('whoever never ordered has spent nothing', async () => {
  const person = await buildPerson(db)
  expect((await ask(db, person, { kind: 'total-spent', is: 'at-most', amountMinor: 0 })).passes).toBe(true)
})
