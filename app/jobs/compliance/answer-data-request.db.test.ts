import { readFile } from 'node:fs/promises'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { withShop, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { applyRequest } from '#tests/builders/privacy-request.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { leaveTraces, orderId, person, personalWords } from '#tests/builders/traces.ts'
import { createTestDatabase } from '#tests/database.ts'
import { answerDataRequest } from './answer-data-request.server.ts'
import { listPersonTables } from './export-person.server.ts'
import { readExport } from './export-sink.server.ts'
import { forgetExports } from './forget-exports.server.ts'
import { tiesOf } from './person-ties.ts'
import { redactCustomer } from './redact-customer.server.ts'
import { listTenantTables } from './tenant-tables.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secrets = createSecrets(Buffer.alloc(32, 3).toString('base64'))
const queue = createJobQueue(db, silentLog, { isWorker: false })
await queue.start()
afterAll(() => queue.stop())
const deps = { db, clock: virtualClock(now), log: silentLog, secrets, queue, directory: createShopDirectory(db) }
const signal = AbortSignal.timeout(60_000)
const { customerId, email, phone } = person
const named = { customerId, email, phone, orderIds: [orderId] }

const documentSchema = z.object({
  format: z.literal('tern-person-export'),
  version: z.literal(1),
  shop: z.string(),
  exported_at: z.iso.datetime(),
  person: z.object({ profile_ids: z.array(z.number()), emails: z.array(z.string()) }).loose(),
  tables: z.record(z.string(), z.array(z.record(z.string(), z.unknown()))),
  deliveries: z.array(z.object({ source: z.string(), topic: z.string(), received_at: z.string(), body: z.string() })),
})

/** Tables without a column that could name a person. A new one is named here, or its column in person-ties.ts. */
const ofNobody = [
  'event_once',
  'flow',
  // Counts of what a draft would have done.
  'flow_replay',
  'flow_version',
  'inbox',
  'inbox_seen',
  'message_template',
  'product',
  'sender',
  'shop_lane',
  'sync_run',
  'tombstone',
  'variant',
  // The answers themselves.
  'data_export_chunk',
]

test('each table either may name a person, and its rows are found by it, or is known to name nobody', async () => {
  const tables = await withSystem(db, (tx) => listTenantTables(tx))
  const untied = tables.filter(({ table, columns }) => tiesOf(table, columns).length === 0).map(({ table }) => table)
  expect(untied.toSorted()).toEqual(ofNobody.toSorted())
})

test('the export is one JSON document with at least one row of every table that may name the person', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const document = await exportOf(shop)
  const tables = await withSystem(db, (tx) => listPersonTables(tx))
  const missing = tables.filter(({ table }) => !document.tables[table]?.length)
  const builders = missing.map(({ table }) => `tests/builders/traces.ts leaves no row in ${table}: let it leave one`)
  expect(builders).toEqual([])
})

test('the export holds every word about the person, raw deliveries included, and nothing of anybody else', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  await db.pool.query(`insert into profile (shop_id, email, created_at) values ($1, 'sibling@post.example', $2)`, [
    shop,
    now,
  ])
  const document = await exportOf(shop)
  const text = JSON.stringify(document)
  for (const word of personalWords) expect(text).toContain(word)
  expect(document.person.emails).toContain(person.oldEmail)
  expect(document.deliveries.map(({ topic }) => topic)).toContain('fulfillments/create')
  expect(text).not.toContain('sibling@post.example')
  expect(text).not.toContain('somebody-else')
})

test('an export larger than one piece comes out whole, and nothing of it lies open in the database', async () => {
  const shop = await buildShop(db)
  const { own } = await leaveTraces(db, shop, secrets.pepper)
  await db.pool.query(
    `insert into event (shop_id, profile_id, type, occurred_at, received_at, props)
     select $1, $2, 'tags_added', $3, $3, jsonb_build_object('note', repeat('x', 400), 'n', n)
     from generate_series(1, 1500) n`,
    [shop, own, now],
  )
  const document = await exportOf(shop)
  expect(document.tables.event).toHaveLength(1503)
  const { rows } = await db.pool.query<{ sealed: Buffer }>('select sealed from data_export_chunk where shop_id = $1', [
    shop,
  ])
  expect(rows.length).toBeGreaterThan(2)
  expect(Buffer.concat(rows.map(({ sealed }) => sealed)).toString('latin1')).not.toContain('xxxx')
})

test("another shop can't read the export, and an erasure takes it away", async () => {
  const shop = await buildShop(db)
  const other = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const requestId = await answered(shop)
  expect(await textOf(shop, requestId)).toContain(email)
  expect(await textOf(other, requestId)).toBe('')
  const erasure = await applyRequest(deps, shop, { kind: 'redact_customer', ...named }, now)
  await redactCustomer(deps, { shopId: shop, requestId: erasure }, signal)
  expect(await textOf(shop, requestId)).toBe('')
})

test('thirty days after it was made, an export is forgotten', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  const requestId = await answered(shop)
  const daysLater = (days: number) => virtualClock(new Date(now.getTime() + days * 86_400_000))
  await forgetExports({ ...deps, clock: daysLater(29) })
  expect(await textOf(shop, requestId)).not.toBe('')
  await forgetExports({ ...deps, clock: daysLater(31) })
  expect(await textOf(shop, requestId)).toBe('')
})

test('docs/export-format.md explains every table of the export', async () => {
  const docs = await readFile('docs/export-format.md', 'utf8')
  const tables = await withSystem(db, (tx) => listPersonTables(tx))
  expect(tables.filter(({ table }) => !docs.includes(`\`${table}\``)).map(({ table }) => table)).toEqual([])
})

async function exportOf(shop: ShopId) {
  return documentSchema.parse(JSON.parse(await textOf(shop, await answered(shop))))
}

async function answered(shop: ShopId) {
  const requestId = await applyRequest(deps, shop, { kind: 'data_request', requestId: '4711', ...named }, now)
  await answerDataRequest(deps, { shopId: shop, requestId }, signal)
  return requestId
}

async function textOf(shop: ShopId, requestId: number) {
  let text = ''
  for await (const piece of readExport((id, work) => withShop(db, id, work), secrets, shop, requestId)) text += piece
  return text
}
