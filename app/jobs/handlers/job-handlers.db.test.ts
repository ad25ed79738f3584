import '#sandbox/shopify/route.ts'
import { setTimeout as delay } from 'node:timers/promises'
import { Session } from '@shopify/shopify-api'
import { afterAll, expect, test } from 'vitest'
import { createWelcome } from '#app/jobs/lifecycle/welcome-shop.server.ts'
import { createJobQueue } from '#app/jobs/queue.server.ts'
import { shopId } from '#app/lib/ids.ts'
import { createAdminApi } from '#app/platform/admin-api/client.server.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { createDownload } from '#app/platform/download.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { createPrismaClient } from '#app/platform/prisma-client.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createAccessTokens } from '#app/shops/access-tokens.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { installShop } from '#app/shops/install.server.ts'
import { createSessionStorage } from '#app/shops/session-storage.server.ts'
import { offlineToken } from '#sandbox/shopify/fixtures/admin-client.ts'
import { credentials, startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { createTestDatabase } from '#tests/database.ts'
import { createJobHandlers } from './job-handlers.server.ts'

const db = await createTestDatabase()
const clock = systemClock
const stage = await startSmallShop({ clock, credentialClock: clock })
const undo = routeShopifyTo(stage.standIn.url)
const secrets = createSecrets(Buffer.alloc(32, 5).toString('base64'))
const tokens = createAccessTokens({ db, secrets, clock, ...credentials })
const queue = createJobQueue(db, silentLog, { isWorker: true, maxPollSeconds: 0.5 })
const directory = createShopDirectory(db)
const deps = {
  db,
  clock,
  log: silentLog,
  download: createDownload({ mayBePrivate: true }),
  secrets,
  tokens,
  queue,
  directory,
  adminApi: createAdminApi({ tokens, clock, log: silentLog }),
}
const handlers = createJobHandlers(deps)
const domain = 'small-shop.myshopify.com'
const signal = AbortSignal.timeout(60_000)
await queue.start()
afterAll(async () => {
  await queue.stop()
  undo()
  await stage.standIn.close()
})

test('an installation leads by itself to the facts, the flows and the whole past', async () => {
  await storeSession()
  const deps = { db, clock, log: silentLog, forget: directory.forget, welcome: createWelcome({ queue }) }
  expect(await installShop(deps, { domain, scopes: 'read_orders' })).toBe('installed')
  await queue.work(handlers)
  // The stand-in takes four seconds for an export; the webhook that would say so does not arrive here.
  await until(async () => (await states()).every((state) => state === 'exporting'))
  await delay(4_500)
  for (const resource of ['customers', 'products', 'orders'] as const)
    await handlers['sync-resource']({ shopId: await theShop(), resource }, signal)
  expect(await states()).toEqual(['done', 'done', 'done'])
  const { rows } = await db.pool.query('select name, currency, timezone, shopify_id from shop')
  expect(rows).toEqual([
    { name: 'Small shop', currency: 'GBP', timezone: 'Europe/London', shopify_id: 'gid://shopify/Shop/5001' },
  ])
  expect((await db.pool.query('select 1 from flow')).rowCount).toBeGreaterThan(0)
})

test('consent goes back to Shopify as it is now, twice as well as once; who is no customer is left alone', async () => {
  const profile = await buildProfile('gid://shopify/Customer/8001', 'unsubscribed')
  const stranger = await buildProfile(null, 'unsubscribed')
  for (const profileId of [profile, profile, stranger])
    await handlers['push-consent']({ shopId: await theShop(), profileId }, signal)
  expect(stage.store.customers.get('8001')!.consent.state).toBe('unsubscribed')
  await db.pool.query(`update profile set consent = 'subscribed', consent_level = 'confirmed_opt_in' where id = $1`, [
    profile,
  ])
  await handlers['push-consent']({ shopId: await theShop(), profileId: profile }, signal)
  expect(stage.store.customers.get('8001')!.consent).toMatchObject({
    state: 'subscribed',
    optInLevel: 'confirmed_opt_in',
  })
})

test('a customer whom Shopify does not know any more is no reason to try again', async () => {
  const profileId = await buildProfile('gid://shopify/Customer/1', 'unsubscribed')
  await handlers['push-consent']({ shopId: await theShop(), profileId }, signal)
})

test('a refresh token that grew old is used and replaced, a young one is not', async () => {
  const before = await tokens.current(domain)
  await handlers['refresh-tokens']({}, signal)
  expect(await queued('refresh-token')).toBe(0)
  await db.pool.query(`update session set "refreshTokenExpires" = now() + interval '50 days'`)
  await handlers['refresh-tokens']({}, signal)
  await until(async () => (await tokens.current(domain)) !== before)
  const { rows } = await db.pool.query(
    `select "refreshTokenExpires" > now() + interval '80 days' as fresh from session`,
  )
  expect(rows).toEqual([{ fresh: true }])
})

test('the daily round asks for the sweep of every shop that is at work', async () => {
  await handlers['reconcile-shops']({}, signal)
  const { rows } = await db.pool.query(`select data from pgboss.job where name = 'reconcile-shop'`)
  expect(rows).toEqual([{ data: { shopId: await theShop() } }])
})

test('partitions are made ahead, and raw deliveries go when their time is over', async () => {
  const old = new Date(clock.now().getTime() - 20 * 86_400_000)
  await ensurePartitions(db, [old])
  const name = `inbox_archive_${old.toISOString().slice(0, 10).replaceAll('-', '_')}`
  expect(await exists(name)).toBe(true)
  await handlers['maintain-partitions']({}, signal)
  expect(await exists(name)).toBe(false)
  const tomorrow = new Date(clock.now().getTime() + 2 * 86_400_000).toISOString().slice(0, 10).replaceAll('-', '_')
  expect(await exists(`inbox_seen_${tomorrow}`)).toBe(true)
})

async function storeSession() {
  const granted = await offlineToken(stage.standIn)
  const inMs = (ms: number) => new Date(clock.now().getTime() + ms)
  await createSessionStorage(createPrismaClient(db), secrets).storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      accessToken: granted.access_token,
      refreshToken: granted.refresh_token,
      expires: inMs(3_600_000),
      refreshTokenExpires: inMs(90 * 86_400_000),
    }),
  )
}

async function theShop() {
  const { rows } = await db.pool.query<{ id: number }>('select id from shop')
  return shopId(rows[0]!.id)
}

async function buildProfile(customerId: string | null, consent: string) {
  const shop = await theShop()
  const [row] = await withSystem(db, (tx) =>
    tx.rows<{ id: number }>(
      `insert into profile (shop_id, shopify_customer_id, consent, consent_at, created_at)
       values ($1, $2, $3, $4, $4) returning id`,
      [shop, customerId, consent, new Date(clock.now().getTime() - 60_000)],
    ),
  )
  return row!.id
}

async function states() {
  const { rows } = await db.pool.query<{ state: string }>('select state from sync_run order by resource')
  return rows.map((row) => row.state)
}

async function queued(name: string) {
  const { rowCount } = await db.pool.query('select 1 from pgboss.job where name = $1', [name])
  return rowCount
}

async function exists(partition: string) {
  const { rows } = await db.pool.query<{ yes: boolean }>('select to_regclass($1) is not null as yes', [
    `partitions.${partition}`,
  ])
  return rows[0]!.yes
}

async function until(holds: () => Promise<boolean>) {
  for (let tries = 0; tries < 200; tries++) {
    if (await holds()) return
    await delay(100)
  }
  throw new Error('did not happen within 20 s')
}
