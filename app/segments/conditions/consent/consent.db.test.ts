import { expect, test } from 'vitest'
import { addPast, ask, buildPerson, daysAgo } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const subscribed = { kind: 'consent', is: 'subscribed' } as const

test('the consent that is in force counts', async () => {
  const person = await buildPerson(db, { profile: { consent: 'subscribed', consent_at: daysAgo(5) } })
  expect(await ask(db, person, subscribed)).toEqual({ passes: true, seen: { consent: 'subscribed' } })
  expect((await ask(db, person, { kind: 'consent', is: 'unsubscribed' })).passes).toBe(false)
})

test('a question about the past is answered by the consent of that time', async () => {
  const person = await buildPerson(db, { profile: { consent: 'unsubscribed', consent_at: daysAgo(2) } })
  const entry = { profile_id: person.profileId, channel: 'email', source: 'shopify', recorded_at: daysAgo(1) }
  await addPast(db, person, {
    rows: {
      consent_entry: [
        { ...entry, state: 'subscribed', occurred_at: daysAgo(9) },
        { ...entry, state: 'unsubscribed', occurred_at: daysAgo(2) },
      ],
    },
  })
  expect((await ask(db, person, subscribed)).passes).toBe(false)
  expect((await ask(db, person, subscribed, { asOf: daysAgo(3) })).passes).toBe(true)
  expect((await ask(db, person, subscribed, { asOf: daysAgo(10) })).seen).toEqual({ consent: 'unknown' })
})
