import { expect, test } from 'vitest'
import { ask, buildPerson, daysAgo } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const orderedSinceEntry = {
  kind: 'order-count',
  count: { is: 'at-least', times: 1 },
  window: { kind: 'since-entry' },
} as const

test('an order placed after entry is seen', async () => {
  const person = await buildPerson(db, { orders: [{ placed_at: daysAgo(1) }, { placed_at: daysAgo(9) }] })
  const verdict = await ask(db, person, orderedSinceEntry, { enteredAt: daysAgo(2) })
  expect(verdict).toEqual({ passes: true, seen: { 'orders since entry': 1 } })
})

test('cancelled and deleted orders are no orders', async () => {
  const person = await buildPerson(db, {
    orders: [
      { placed_at: daysAgo(5), cancelled_at: daysAgo(4) },
      { placed_at: daysAgo(5), deleted_at: daysAgo(4) },
    ],
  })
  const ordered = { kind: 'order-count', count: { is: 'at-least', times: 1 } } as const
  expect(await ask(db, person, ordered)).toEqual({ passes: false, seen: { orders: 0 } })
})

test('an order that was cancelled later still stood at the time before', async () => {
  const person = await buildPerson(db, { orders: [{ placed_at: daysAgo(5), cancelled_at: daysAgo(4) }] })
  const ordered = { kind: 'order-count', count: { is: 'at-least', times: 1 } } as const
  expect((await ask(db, person, ordered, { asOf: daysAgo(4.5) })).passes).toBe(true)
})

test('at most and exactly count as they say', async () => {
  const person = await buildPerson(db, { orders: [{ placed_at: daysAgo(5) }, { placed_at: daysAgo(3) }] })
  const passes = async (is: 'at-most' | 'exactly', times: number) =>
    (await ask(db, person, { kind: 'order-count', count: { is, times } })).passes
  expect([await passes('at-most', 1), await passes('at-most', 2)]).toEqual([false, true])
  expect([await passes('exactly', 1), await passes('exactly', 2)]).toEqual([false, true])
})
