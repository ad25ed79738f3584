import { expect, test } from 'vitest'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import { flowId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { addPast, buildPerson, daysAgo, now, type Person } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'
import { readWhy } from './why.server.ts'

const db = await createTestDatabase()

test('whoever never entered is told which gate stopped the trigger, and what it saw', async () => {
  const { person, welcome } = await buildWelcome()
  await addPast(db, person, { events: [{ type: 'subscribed', occurred_at: daysAgo(10), received_at: daysAgo(1) }] })
  const { entries, refusals } = await ask(person, welcome)
  expect(entries).toEqual([])
  expect(refusals[0]?.gates.filter(({ passes }) => !passes)).toEqual([
    { gate: 'in_time', passes: false, seen: { at: daysAgo(10).toISOString(), until: daysAgo(7).toISOString() } },
  ])
})

test('of whoever is on the way the mails of the next seven days are told, and nothing is written', async () => {
  const { person, welcome } = await buildWelcome()
  const at = daysAgo(1).toISOString()
  const context = { trigger: {}, triggeredAt: at, reachedAt: at, happened: {}, hasSent: true }
  await db.pool.query(
    `insert into enrolment (shop_id, flow_id, version, profile_id, subject, step, wake_at, entered_at, context)
     values ($1, $2, 1, $3, 'profile', 'first-wait', $4, $5, $6)`,
    [person.shopId, welcome, person.profileId, daysAgo(-1), at, JSON.stringify(context)],
  )
  const before = await rowsOf(person)
  const { entries } = await ask(person, welcome)
  expect(entries[0]?.ahead).toEqual([
    { step: 'story', at: daysAgo(-1) },
    { step: 'favourites', at: daysAgo(-3) },
    { step: 'questions', at: daysAgo(-6) },
  ])
  expect(await rowsOf(person)).toEqual(before)
})

test('of another shop’s person nothing is told', async () => {
  const { person } = await buildWelcome()
  const other = await buildWelcome()
  await addPast(db, person, { events: [{ type: 'subscribed', occurred_at: daysAgo(10), received_at: daysAgo(1) }] })
  const asked = { shopId: other.person.shopId, profileId: person.profileId }
  expect(await ask(asked, other.welcome)).toEqual({ entries: [], refusals: [] })
})

async function buildWelcome() {
  const person = await buildPerson(db)
  const { shopId } = person
  const welcome = await withShop(db, shopId, async (tx) => {
    await installPresets(tx, shopId, daysAgo(30))
    const [flow] = await tx.rows<{ id: number }>(`select id from flow where shop_id = $1 and key = 'welcome'`, [shopId])
    await publishFlow(tx, shopId, flowId(flow!.id), 'keep', daysAgo(30))
    return flowId(flow!.id)
  })
  return { person, welcome }
}

const ask = ({ shopId, profileId }: Person, id: ReturnType<typeof flowId>) =>
  withShop(db, shopId, (tx) => readWhy(tx, { flowId: id, liveVersion: 1, profileId }, now))

const rowsOf = async ({ shopId }: Person) =>
  (await db.pool.query('select * from enrolment where shop_id = $1', [shopId])).rows
