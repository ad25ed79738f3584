import { expect, test } from 'vitest'
import { addPast, ask, buildPerson, daysAgo, type Person } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()

test('whoever is in a flow is in it from entry to end', async () => {
  const person = await inFlow({ entered_at: daysAgo(5), ended_at: daysAgo(2), state: 'ended' })
  const now = { kind: 'in-flow', flow: 'welcome', is: 'now' } as const
  expect((await ask(db, person, now, { asOf: daysAgo(3) })).passes).toBe(true)
  expect((await ask(db, person, now)).passes).toBe(false)
  expect((await ask(db, person, now, { asOf: daysAgo(6) })).passes).toBe(false)
})

test('having been in a flow can be asked of a stretch of time', async () => {
  const person = await inFlow({ entered_at: daysAgo(5), state: 'active' })
  const entered = (days: number, is: 'ever' | 'never') =>
    ask(db, person, { kind: 'in-flow', flow: 'welcome', is, window: { kind: 'last', amount: days, unit: 'days' } })
  expect(await entered(6, 'ever')).toEqual({
    passes: true,
    seen: { 'entries into flow welcome in the last 6 days': 1 },
  })
  expect((await entered(5, 'ever')).passes).toBe(false)
  expect((await entered(5, 'never')).passes).toBe(true)
})

test('the enrolment that asks is not one before itself', async () => {
  const person = await inFlow({ entered_at: daysAgo(5), state: 'active' })
  const before = { kind: 'in-flow', flow: 'welcome', is: 'ever', window: { kind: 'before-entry' } } as const
  expect((await ask(db, person, before, { enteredAt: daysAgo(5) })).passes).toBe(false)
  expect((await ask(db, person, before, { enteredAt: daysAgo(4) })).passes).toBe(true)
})

test('nobody was ever in a flow that does not exist', async () => {
  const person = await inFlow({ entered_at: daysAgo(5), state: 'active' })
  expect((await ask(db, person, { kind: 'in-flow', flow: 'no-such-flow', is: 'never' })).passes).toBe(true)
})

async function inFlow(enrolment: object): Promise<Person> {
  const person = await buildPerson(db)
  const at = { created_at: daysAgo(99), updated_at: daysAgo(99) }
  await addPast(db, person, {
    rows: { flow: [{ id: 1, key: 'welcome', name: 'Welcome', state: 'live', priority: 1, draft: {}, ...at }] },
  })
  await addPast(db, person, {
    rows: { flow_version: [{ flow_id: 1, version: 1, definition: {}, published_at: daysAgo(99) }] },
  })
  const plain = { flow_id: 1, version: 1, subject: 'profile', step: 'wait', occurrence: 1, wake_at: daysAgo(0) }
  const defaults = { context: {}, revision: 0, attempts: 0 }
  await addPast(db, person, {
    rows: { enrolment: [{ profile_id: person.profileId, ...plain, ...defaults, ...enrolment }] },
  })
  return person
}
