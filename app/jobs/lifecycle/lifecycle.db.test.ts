import { afterAll, expect, test } from 'vitest'
import type { ShopFact } from '#app/events/observation.ts'
import { redactShop } from '#app/jobs/compliance/redact-shop.server.ts'
import { listTablesWith } from '#app/jobs/compliance/tenant-tables.server.ts'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { AdminApi } from '#app/platform/admin-api/client.server.ts'
import { ShopAccessError } from '#app/platform/admin-api/errors.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { leaveTraces, personalWords } from '#tests/builders/traces.ts'
import { createTestDatabase } from '#tests/database.ts'
import { searchDatabase } from '#tests/search-database.ts'
import { createApplyShopFacts } from './apply-shop-facts.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secrets = createSecrets(Buffer.alloc(32, 3).toString('base64'))
const queue = createJobQueue(db, silentLog, { isWorker: false })
await queue.start()
afterAll(() => queue.stop())
const directory = createShopDirectory(db)
const gone: AdminApi = { run: () => Promise.reject(new ShopAccessError('gone')) }
const deps = { db, clock: virtualClock(now), log: silentLog, secrets, queue, directory, adminApi: gone }
const applyShopFacts = createApplyShopFacts(deps)
const apply = (shop: ShopId, fact: ShopFact) =>
  withSystem(db, (tx) => applyShopFacts(tx, [{ shopId: shop, fact }], now))
const signal = AbortSignal.timeout(30_000)

test('when a shop leaves, its sessions, enrolments, messages and waiting deliveries end in the same transaction', async () => {
  const shop = await buildShop(db)
  await leaveTraces(db, shop, secrets.pepper)
  await db.pool.query(
    `insert into session (id, shop, state, "accessToken") select 'offline_' || domain, domain, '', 'x' from shop where id = $1`,
    [shop],
  )
  await apply(shop, { kind: 'uninstalled', at: now })
  const { rows } = await db.pool.query(
    `select (select uninstalled_at from shop where id = $1) as left_at,
       (select count(*) from session t join shop s on s.domain = t.shop where s.id = $1) as sessions,
       (select count(*) from enrolment where shop_id = $1 and state = 'active') as running,
       (select min(end_reason) from enrolment where shop_id = $1) as reason,
       (select count(*) from message where shop_id = $1 and state in ('queued', 'deferred')) as to_send,
       (select count(*) from absence_timer where shop_id = $1) as timers,
       (select array_agg(topic) from inbox where shop_id = $1 and set_aside_at is null) as waiting`,
    [shop],
  )
  expect(rows).toEqual([
    {
      left_at: now,
      sessions: 0,
      running: 0,
      reason: 'uninstalled',
      to_send: 0,
      timers: 0,
      // What the law asks for is still done.
      waiting: ['customers/redact'],
    },
  ])
})

test('the old news of a farewell does not end a shop that has come back since', async () => {
  const shop = await buildShop(db, { installedAt: now })
  await apply(shop, { kind: 'uninstalled', at: new Date(now.getTime() - 60_000) })
  const { rows } = await db.pool.query('select uninstalled_at from shop where id = $1', [shop])
  expect(rows).toEqual([{ uninstalled_at: null }])
})

test('what the shop tells of itself is kept; what it leaves out stays as it was', async () => {
  const shop = await buildShop(db, { currency: 'GBP' })
  const address = '1 Quay, Bristol'
  const facts = { name: 'New name', email: 'a@shop.example', url: 'https://new.example', address, countryCode: 'GB' }
  await apply(shop, { kind: 'updated', ...facts, currency: null, timezone: null })
  await apply(shop, { kind: 'scopes', scopes: ['read_orders', 'read_products'] })
  const { rows } = await db.pool.query('select name, currency, timezone, scopes from shop where id = $1', [shop])
  expect(rows).toEqual([
    { name: 'New name', currency: 'GBP', timezone: 'Europe/London', scopes: 'read_orders,read_products' },
  ])
})

test('a shop that is to be forgotten leaves nothing in any table but the note that it was done', async () => {
  const shop = await buildShop(db, { domain: 'forget-me.myshopify.com' })
  await leaveTraces(db, shop, secrets.pepper)
  await apply(shop, { kind: 'uninstalled', at: now })
  await redactShop(deps, { shopId: shop, requestId: await requestRedaction(shop) }, signal)
  for (const table of await withSystem(db, (tx) => listTablesWith(tx, 'shop_id'))) {
    const { rows } = await db.pool.query<{ count: number }>(`select count(*) from ${table} where shop_id = $1`, [shop])
    expect([table, rows[0]!.count]).toEqual([table, table === 'data_request' ? 1 : 0])
  }
  expect(await searchDatabase(db, ['forget-me'])).toEqual([])
  expect(await directory.byDomain('forget-me.myshopify.com')).toBeNull()
})

test('other shops keep everything when one is forgotten', async () => {
  const [leaving, staying] = [await buildShop(db), await buildShop(db)]
  await leaveTraces(db, staying, secrets.pepper)
  const before = (await searchDatabase(db, personalWords)).length
  await apply(leaving, { kind: 'uninstalled', at: now })
  await redactShop(deps, { shopId: leaving, requestId: await requestRedaction(leaving) }, signal)
  expect(await searchDatabase(db, personalWords)).toHaveLength(before)
})

test('a shop that came back is not forgotten for its earlier farewell; one that left unnoticed is', async () => {
  const [back, lost] = [await buildShop(db), await buildShop(db)]
  const answers: AdminApi = { run: async <Data>() => ({}) as Data }
  await redactShop({ ...deps, adminApi: answers }, { shopId: back, requestId: await requestRedaction(back) }, signal)
  await redactShop(deps, { shopId: lost, requestId: await requestRedaction(lost) }, signal)
  const { rows } = await db.pool.query(
    'select id, redacted_at is not null as redacted from shop where id = any($1) order by id',
    [[back, lost]],
  )
  expect(rows).toEqual([
    { id: back, redacted: false },
    { id: lost, redacted: true },
  ])
})

async function requestRedaction(shop: ShopId) {
  await apply(shop, { kind: 'redact_shop' })
  const { rows } = await db.pool.query<{ id: number }>(
    `select id from data_request where shop_id = $1 and kind = 'redact_shop'`,
    [shop],
  )
  return rows[0]!.id
}
