import { afterAll, expect, test } from 'vitest'
import { acceptDeliveries, takeInbox } from '#app/events/inbox.server.ts'
import type { ShopFact } from '#app/events/observation.ts'
import { absorb } from '#app/jobs/absorb.server.ts'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { checkoutSaid, customerSaid, orderSaid } from '#tests/builders/observations.ts'
import { applyRequest } from '#tests/builders/privacy-request.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { leaveTraces, orderId, person, personalWords } from '#tests/builders/traces.ts'
import { createTestDatabase } from '#tests/database.ts'
import { searchDatabase } from '#tests/search-database.ts'
import { listPersonTables } from './export-person.server.ts'
import { redactCustomer } from './redact-customer.server.ts'
import { listTablesWith, listTenantTables } from './tenant-tables.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secrets = createSecrets(Buffer.alloc(32, 3).toString('base64'))
const queue = createJobQueue(db, silentLog, { isWorker: false })
await queue.start()
afterAll(() => queue.stop())
const directory = createShopDirectory(db)
const deps = { db, clock: virtualClock(now), log: silentLog, secrets, queue, directory }
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

test('each column that could hold words about the person does before the erasure, or is known to hold codes only', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const found = await searchDatabase(db, personalWords)
  const tables = await withSystem(db, (tx) => listPersonTables(tx))
  const { rows } = await db.pool.query<{ place: string }>(
    `select table_name || '.' || column_name as place from information_schema.columns
     where table_schema = 'public' and table_name = any($1) and column_name not like '%_id'
       and data_type in ('text', 'jsonb', 'json', 'ARRAY') order by 1`,
    [tables.map(({ table }) => table)],
  )
  const wordless = rows.filter(
    ({ place }) => !found.some(({ table, column }) => `${table}.${column}` === `public.${place}`),
  )
  const missing = wordless.map(({ place }) => place).filter((place) => !holdsCodes.includes(place))
  expect(missing, 'let tests/builders/traces.ts put a personal word there, or name it in holdsCodes').toEqual([])
  await redactCustomer(deps, { shopId: shop, requestId: await request(shop, redaction) }, signal)
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
  const named = { email, customer: 918273645546, at: triggeredAt }
  const told = [
    customerSaid('customers/update', { ...named, id: named.customer, firstName: person.firstName }),
    checkoutSaid('checkouts/update', { ...named, token: 'checkout-token-2' }),
    orderSaid('orders/updated', { ...named, id: 7, cart: 'cart-token-1', phone }),
  ].map((said, place) => ({ ...said, deliveryId: `webhook-${place}@${shop}`, triggeredAt }))
  await acceptDeliveries(
    db,
    told.map((said) => ({ ...said, shopId: shop, body: Buffer.from(JSON.stringify(said.body)) })),
    now,
  )
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

const request = (shop: ShopId, fact: ShopFact) => applyRequest(deps, shop, fact, now)

async function rowsOf(table: string, shop: ShopId, profiles: number[]) {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*) from ${table} where shop_id = $1 and profile_id = any($2::bigint[])`,
    [shop, profiles],
  )
  return rows[0]!.count
}

/**
 * Everything that a report could add up, found by walking the schema: rows, amounts and quantities of each table, but of
 * those that say who somebody is.
 */
async function totalsOf(shop: ShopId) {
  const tables = await withSystem(db, (tx) => listTenantTables(tx))
  const totals: Record<string, unknown> = {}
  for (const { table, columns } of tables.filter((entry) => !isAboutThePerson.includes(entry.table))) {
    const amounts = columns.filter((name) => /_minor$|quantity$|_count$/.test(name))
    const sums = ['count(*) as rows', ...amounts.map((name) => `sum(${name}) as ${name}`)]
    const { rows } = await db.pool.query(`select ${sums} from ${table} where shop_id = $1`, [shop])
    totals[table] = rows[0]
  }
  return totals
}

const isAboutThePerson = [
  'absence_timer',
  'consent_entry',
  'data_export_chunk',
  'data_request',
  'event_once',
  'inbox',
  'inbox_archive',
  'inbox_seen',
  'profile',
  'profile_identity',
  'tombstone',
]

/** Columns of rows about a person in which nothing but codes, tokens, hashes and a shop's own words can stand. */
const codes = {
  audit_entry: 'action actor subject',
  cart: 'items token',
  checkout: 'cart_token items locale token',
  consent_entry: 'channel level source state',
  enrolment: 'end_reason state step subject waits_for',
  event: 'subject type',
  fulfilment: 'status',
  message: 'channel class email_hash state step subject_ref',
  order_line: 'title variant_title',
  profile: 'consent consent_level email_hash locale stated_at timezone',
  profile_identity: 'kind',
  profile_merge: 'reason',
  refund: 'lines',
  shop_order: 'cart_token checkout_token name',
  suppression: 'email_hash reason',
  visit: 'step verdict',
}
const holdsCodes = Object.entries(codes).flatMap(([table, columns]) =>
  columns.split(' ').map((column) => `${table}.${column}`),
)
