import { afterAll, expect, test } from 'vitest'
import { acceptDeliveries, takeInbox } from '#app/events/inbox.server.ts'
import type { ShopFact } from '#app/events/observation.ts'
import { absorb } from '#app/jobs/absorb.server.ts'
import { createApplyShopFacts } from '#app/jobs/lifecycle/apply-shop-facts.server.ts'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { leaveTraces, orderId, person, personalWords } from '#tests/builders/traces.ts'
import { createTestDatabase } from '#tests/database.ts'
import { searchDatabase } from '#tests/search-database.ts'
import { answerDataRequest, openExport } from './answer-data-request.server.ts'
import { redactCustomer } from './redact-customer.server.ts'
import { listTablesWith } from './tenant-tables.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secrets = createSecrets(Buffer.alloc(32, 3).toString('base64'))
const queue = createJobQueue(db, silentLog, { isWorker: false })
await queue.start()
afterAll(() => queue.stop())
const directory = createShopDirectory(db)
const deps = { db, clock: virtualClock(now), log: silentLog, secrets, queue, directory }
const applyShopFacts = createApplyShopFacts(deps)
const signal = AbortSignal.timeout(60_000)

const { customerId, email, phone } = person
const named = { customerId, email, phone, orderIds: [orderId] }
const redaction = { kind: 'redact_customer', ...named } satisfies ShopFact

test('after the erasure no column of the database holds the person, and the totals are what they were', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const totals = await totalsOf(shop)
  const places = new Set((await searchDatabase(db, personalWords)).map(({ table }) => table))
  for (const table of ['profile', 'profile_identity', 'event', 'event_once', 'inbox', 'inbox_archive', 'message'])
    expect(places).toContain(`public.${table}`)
  const requestId = await request(shop, redaction)
  await redactCustomer(deps, { shopId: shop, requestId }, signal)
  expect(await searchDatabase(db, personalWords)).toEqual([])
  expect(await totalsOf(shop)).toEqual(totals)
})

test('every table that names a profile has a row of the person before, and none that tells of them after', async () => {
  const shop = await buildShop(db)
  const { own, merged } = await leaveTraces(db, shop, secrets.pepper)
  await request(shop, { kind: 'data_request', requestId: '77', ...named })
  const tables = await withSystem(db, (tx) => listTablesWith(tx, 'profile_id'))
  await db.pool.query('update data_request set profile_id = $2 where shop_id = $1', [shop, own])
  for (const table of tables) expect([table, await rowsOf(table, shop, [own])]).not.toEqual([table, 0])
  await redactCustomer(deps, { shopId: shop, requestId: await request(shop, redaction) }, signal)
  const left = await Promise.all(
    tables.map(async (table) => [table, await rowsOf(table, shop, [own, merged])] as const),
  )
  // These keep the number of an emptied profile: what was sent and why still adds up.
  const stillNamed = left.filter(([, rows]) => rows > 0).map(([table]) => table)
  expect(stillNamed.toSorted()).toEqual(['data_request', 'enrolment', 'message'])
})

test('old data does not bring the person back', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  await redactCustomer(deps, { shopId: shop, requestId: await request(shop, redaction) }, signal)
  const node = {
    id: customerId,
    createdAt: '2026-01-01T00:00:00Z',
    updatedAt: '2026-05-02T00:00:00Z',
    firstName: person.firstName,
    lastName: person.lastName,
    tags: [],
    defaultEmailAddress: { emailAddress: email, marketingState: 'SUBSCRIBED', marketingOptInLevel: 'SINGLE_OPT_IN' },
  }
  const body = Buffer.from(JSON.stringify({ historic: true, node }))
  const triggeredAt = new Date('2026-05-02T00:00:00Z')
  const deliveryId = `old@${shop}`
  await acceptDeliveries(db, [{ shopId: shop, source: 'sync', topic: 'customer', deliveryId, triggeredAt, body }], now)
  const absorbing = { directory, pepper: secrets.pepper, applyMessageFacts: async () => [], log: silentLog }
  await withSystem(db, async (tx) => absorb(tx, await takeInbox(tx, [shop], 10), now, absorbing))
  expect(await searchDatabase(db, personalWords)).toEqual([])
})

test('an erasure that was cut off after its first step is finished by the next try', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const requestId = await request(shop, redaction)
  const dying = AbortSignal.abort(new Error('killed'))
  await expect(redactCustomer(deps, { shopId: shop, requestId }, dying)).rejects.toThrow('killed')
  expect((await searchDatabase(db, personalWords)).map(({ table }) => table)).toContain('public.inbox_archive')
  await redactCustomer(deps, { shopId: shop, requestId }, signal)
  expect(await searchDatabase(db, personalWords)).toEqual([])
})

test('whoever only shares a phone with the person stays', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  await db.pool.query(
    `insert into profile (shop_id, shopify_customer_id, email, phone, created_at)
     values ($1, 'gid://shopify/Customer/5', 'sibling@post.example', $2, now())`,
    [shop, phone],
  )
  await redactCustomer(deps, { shopId: shop, requestId: await request(shop, redaction) }, signal)
  const { rows } = await db.pool.query(`select email from profile where shop_id = $1 and email is not null`, [shop])
  expect(rows).toEqual([{ email: 'sibling@post.example' }])
  await db.pool.query(`update profile set phone = null where shop_id = $1`, [shop])
})

test('a request for data is answered with everything, sealed, and an erasure takes the answer away', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const requestId = await request(shop, { kind: 'data_request', requestId: '4711', ...named })
  await answerDataRequest(deps, { shopId: shop, requestId })
  const sealed = await db.pool.query<{ export: Buffer }>('select export from data_request where id = $1', [requestId])
  expect(sealed.rows[0]!.export.toString('latin1')).not.toContain(email)
  const open = () => withSystem(db, (tx) => openExport(tx, secrets, shop, requestId))
  const answer: Record<string, object[]> = JSON.parse((await open())!)
  for (const table of [
    'profile',
    'profile_identity',
    'consent_entry',
    'shop_order',
    'event',
    'message',
    'visit',
    'delivery',
  ])
    expect([table, answer[table]?.length]).not.toEqual([table, 0])
  expect(JSON.stringify(answer)).toContain(email)
  await redactCustomer(deps, { shopId: shop, requestId: await request(shop, redaction) }, signal)
  expect(await open()).toBeNull()
})

async function request(shop: ShopId, fact: ShopFact) {
  await withSystem(db, (tx) => applyShopFacts(tx, [{ shopId: shop, fact }], now))
  const { rows } = await db.pool.query<{ id: number }>(
    'select id from data_request where shop_id = $1 and kind = $2 order by requested_at desc, id desc limit 1',
    [shop, fact.kind],
  )
  return rows[0]!.id
}

async function rowsOf(table: string, shop: ShopId, profiles: number[]) {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*) from ${table} where shop_id = $1 and profile_id = any($2::bigint[])`,
    [shop, profiles],
  )
  return rows[0]!.count
}

async function totalsOf(shop: ShopId) {
  const { rows } = await db.pool.query(
    `select (select sum(total_minor) from shop_order where shop_id = $1) as orders,
       (select count(*) from event where shop_id = $1) as events,
       (select sum(value_minor) from event where shop_id = $1) as value,
       (select count(*) from message where shop_id = $1) as messages,
       (select count(*) from suppression where shop_id = $1) as suppressions`,
    [shop],
  )
  return rows[0]
}
