import { expect, test } from 'vitest'
import { readDefinition } from '#app/flows/definition.ts'
import type { PresetKey } from '#app/flows/presets/registry.ts'
import { profileId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { beginStory, type Story } from '#tests/builders/flow-story.ts'
import { cartSaid, checkoutSaid, consentSaid, customerSaid, minute, orderSaid } from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import { draftVersion } from './draft-version.server.ts'
import { replayFlow } from './replay.server.ts'
import { walkThrough } from './walk.server.ts'
import { whoWouldEnter } from './who-would-enter.server.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const day = (days: number) => hour(days * 24)
const person = (name: string, customer: number) => ({ email: `${name}@x.example`, customer })
const [ann, ben, cleo] = [person('ann', 1), person('ben', 2), person('cleo', 3)]

/** Three people, checkouts left, gone on with, superseded and bought, and a cart. */
async function eventfulShop(live: PresetKey[]): Promise<Story> {
  const story = await beginStory(db, live)
  for (const each of [ann, ben, cleo]) {
    await story.tell(customerSaid('customers/create', { at: minute(each.customer), ...each }))
    await story.tell(consentSaid({ at: minute(5 + each.customer), state: 'subscribed', ...each }))
  }
  await story.tell(cartSaid({ at: minute(20), token: 'cart-a' }))
  await story.tell(checkoutSaid('checkouts/create', { at: minute(30), token: 'a', cart: 'cart-a', ...ann }))
  await story.tell(checkoutSaid('checkouts/create', { at: minute(40), token: 'b', cart: 'cart-b', ...ben }))
  await story.tell(
    checkoutSaid('checkouts/update', { at: minute(70), createdAt: minute(30), token: 'a', cart: 'cart-a', ...ann }),
  )
  await story.tell(orderSaid('orders/create', { at: hour(4), checkout: 'b', cart: 'cart-b', isPaid: true, ...ben }))
  await story.tell(checkoutSaid('checkouts/create', { at: hour(30), token: 'a2', cart: 'cart-a2', ...ann }))
  await story.tell(checkoutSaid('checkouts/create', { at: day(3), token: 'c', cart: 'cart-c', ...cleo }))
  await story.until(day(20))
  return story
}

async function draftOf(story: Story, key: PresetKey) {
  const flowId = await story.flow(key)
  const { rows } = await db.pool.query('select draft from flow where id = $1', [flowId])
  const read = readDefinition(rows[0].draft)
  if (!read.ok) throw new Error('unreadable')
  const { definition } = read
  return withShop(db, story.shopId, (tx) => draftVersion(tx, story.shopId, { flowId, definition }))
}

const read =
  ({ shopId }: Story) =>
  <Result>(work: Parameters<typeof withShop<Result>>[2]) =>
    withShop(db, shopId, work)

// A cart is known to be somebody's only once they are known; a replay knows it from the beginning, so it is not among them.
test.each(['abandoned-checkout', 'welcome', 'post-purchase'] as const)(
  'a replay of %s comes to what the engine really did',
  async (key) => {
    const story = await eventfulShop([key])
    const flow = await draftOf(story, key)
    const report = await replayFlow({ read: read(story), onDay: async () => true }, { flow, days: 21, now: day(20) })
    const real = (await story.enrolments()).filter((each) => each.flow === key)
    const mails = await story.mails()
    expect(report).toMatchObject({
      entered: real.length,
      stillIn: real.filter(({ state }) => state === 'active').length,
    })
    const decided = report!.mails + Object.values(report!.skipped).reduce((sum, count) => sum + count, 0)
    expect(decided).toBe(mails.length)
    expect(report!.mailsPerDay.reduce((sum, count) => sum + count, 0)).toBe(report!.mails)
  },
)

test('a replay writes nothing, tells how far it is, and stops when it is told to', async () => {
  const story = await eventfulShop([])
  const flow = await draftOf(story, 'abandoned-checkout')
  const before = await rowCounts()
  const told: number[] = []
  const request = { flow, days: 30, now: day(20) }
  const done = await replayFlow({ read: read(story), onDay: async (share) => told.push(share) > 0 }, request)
  expect(done!.entered).toBeGreaterThan(0)
  expect(told).toHaveLength(30)
  expect(told.at(-1)).toBe(1)
  expect(await rowCounts()).toEqual(before)
  expect(await replayFlow({ read: read(story), onDay: async () => false }, request)).toBeNull()
})

test('an absence is replayed though its order lies before the days that are replayed', async () => {
  const story = await beginStory(db, [])
  await story.tell(orderSaid('orders/create', { at: minute(1), ...ann }))
  const flow = await draftOf(story, 'win-back')
  const deps = { read: read(story), onDay: async () => true }
  const report = await replayFlow(deps, { flow, days: 30, now: day(75) })
  expect(report).toMatchObject({ entered: 1, stillIn: 1 })
})

test('of the last events each says at which gate it failed, and with which value', async () => {
  const story = await eventfulShop([])
  const flow = await draftOf(story, 'abandoned-checkout')
  const rows = await withShop(db, story.shopId, (tx) => whoWouldEnter(tx, flow, day(20)))
  expect(rows.map(({ email, enters }) => [email, enters])).toEqual([
    ['cleo@x.example', true],
    ['ann@x.example', true],
    ['ann@x.example', true],
    ['ben@x.example', true],
    ['ann@x.example', true],
  ])
  const stricter = {
    ...flow,
    definition: { ...flow.definition, entry: { kind: 'consent' as const, is: 'unsubscribed' as const } },
  }
  const refused = await withShop(db, story.shopId, (tx) => whoWouldEnter(tx, stricter, day(20)))
  expect(refused[0]).toMatchObject({ enters: false })
  expect(refused[0]!.gates).toContainEqual({ gate: 'entry', passes: false, seen: { consent: 'subscribed' } })
})

test('a walk tells the way, the times and the mails of one person', async () => {
  const story = await eventfulShop([])
  const flow = await draftOf(story, 'abandoned-checkout')
  const { rows } = await db.pool.query(`select id from profile where shop_id = $1 and email = 'cleo@x.example'`, [
    story.shopId,
  ])
  const walk = await withShop(db, story.shopId, (tx) => walkThrough(tx, flow, profileId(rows[0].id), day(3)))
  expect(walk.subject).toBe('checkout:c')
  expect(walk.stops.map(({ step, leftAt }) => [step, leftAt])).toEqual([
    ['first-wait', hour(73)],
    ['reminder', hour(73)],
    ['second-wait', hour(96)],
    ['reassurance', hour(96)],
    ['third-wait', hour(144)],
    ['last-note', hour(144)],
    ['done', hour(144)],
  ])
  expect(walk.mails.map(({ mail, sentAt, reason }) => [mail.step, sentAt, reason])).toEqual([
    ['reminder', hour(73), null],
    ['reassurance', hour(96), null],
    ['last-note', hour(144), null],
  ])
  expect(walk.endsAt).toEqual(hour(144))
})

async function rowCounts() {
  const { rows } = await db.pool.query(
    `select (select count(*) from enrolment) e, (select count(*) from visit) v, (select count(*) from message) m,
       (select count(*) from absence_timer) t, (select last_value from enrolment_id_seq) s`,
  )
  return rows[0]
}
