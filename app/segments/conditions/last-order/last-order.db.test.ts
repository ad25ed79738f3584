import { expect, test } from 'vitest'
import { ask, buildPerson, daysAgo, now } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const length = { amount: 60, unit: 'days' } as const
const within = { kind: 'last-order', when: { is: 'within', length } } as const
const notWithin = { kind: 'last-order', when: { is: 'not-within', length } } as const
const never = { kind: 'last-order', when: { is: 'never' } } as const

test('sixty days after the last order a buyer has lapsed, to the moment', async () => {
  const person = await buildPerson(db, { orders: [{ placed_at: daysAgo(60) }, { placed_at: daysAgo(90) }] })
  const justBefore = { asOf: new Date(now.getTime() - 1) }
  expect([(await ask(db, person, within)).passes, (await ask(db, person, notWithin)).passes]).toEqual([false, true])
  expect((await ask(db, person, within, justBefore)).passes).toBe(true)
  expect((await ask(db, person, notWithin, justBefore)).passes).toBe(false)
  expect((await ask(db, person, within)).seen).toEqual({ 'last order': '2026-04-16T12:00:00Z' })
})

test('whoever never ordered has not lapsed: that is asked for on its own', async () => {
  const person = await buildPerson(db)
  expect((await ask(db, person, within)).passes).toBe(false)
  expect((await ask(db, person, notWithin)).passes).toBe(false)
  expect(await ask(db, person, never)).toEqual({ passes: true, seen: { 'last order': null } })
})

test('a cancelled order is no last order', async () => {
  const person = await buildPerson(db, {
    orders: [{ placed_at: daysAgo(90) }, { placed_at: daysAgo(1), cancelled_at: daysAgo(0.5) }],
  })
  expect((await ask(db, person, notWithin)).passes).toBe(true)
})
