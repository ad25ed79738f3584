import '#sandbox/shopify/route.ts'
import type { AppLoadContext } from '@remix-run/node'
import { afterAll, expect, test } from 'vitest'
import { systemClock } from '#app/platform/clock.server.ts'
import { withShop } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createPrismaClient } from '#app/platform/prisma-client.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { createShopify } from '#app/shopify.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { type Grant, installShop } from '#app/shops/install.server.ts'
import { credentials, startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { createTestDatabase } from '#tests/database.ts'
import { loader } from './app._index.tsx'

const db = await createTestDatabase()
const directory = createShopDirectory(db)
const shop = await startSmallShop({ credentialClock: systemClock })
const undo = routeShopifyTo(shop.standIn.url)
afterAll(async () => {
  undo()
  await shop.standIn.close()
})

const domain = 'small-shop.myshopify.com'
const host = Buffer.from('admin.shopify.com/store/small-shop').toString('base64').replaceAll('=', '')
const env = readEnv({
  NODE_ENV: 'test',
  SHOPIFY_API_KEY: credentials.apiKey,
  SHOPIFY_API_SECRET: credentials.apiSecret,
  SHOPIFY_APP_URL: 'https://app.example.com',
  ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
})
const welcomed: number[] = []
const secrets = createSecrets(env.ENCRYPTION_KEY)
const shopify = createShopify({
  env,
  log: silentLog,
  prisma: createPrismaClient(db),
  secrets,
  afterAuth: (grant) => install(grant),
})
const context = {
  tern: { env, log: silentLog, clock: systemClock, directory, shopify, install, withShop: withShop.bind(null, db) },
} as unknown as AppLoadContext

test('the first visit installs the shop, and the page shows it', async () => {
  const answer = await visit(shop.standIn.mintSessionToken())
  expect(answer.status).toBe(200)
  expect(await answer.json()).toMatchObject({ guide: { isDismissed: false, hasSender: false }, sync: [], flows: [] })
  expect(welcomed).toHaveLength(1)
})

test('the next visit asks Shopify for nothing and installs nothing', async () => {
  expect((await visit(shop.standIn.mintSessionToken())).status).toBe(200)
  expect(welcomed).toHaveLength(1)
})

test('a visit without a session is sent to get one, and an expired token is not accepted', async () => {
  const bounced = await thrownBy(visit(undefined))
  expect(bounced.status).toBe(302)
  expect(bounced.headers.get('location')).toContain('/auth/session-token')
  const expired = shop.standIn.mintSessionToken({ issuedAt: new Date(Date.now() - 3_600_000) })
  expect((await thrownBy(visit(expired))).status).not.toBe(200)
})

test('a shop that comes back is at work again, and is welcomed again', async () => {
  await db.pool.query('update shop set uninstalled_at = now() where domain = $1', [domain])
  expect(await install({ domain, scopes: 'read_orders' })).toBe('reinstalled')
  const { rows } = await db.pool.query('select uninstalled_at, scopes from shop where domain = $1', [domain])
  expect(rows).toEqual([{ uninstalled_at: null, scopes: 'read_orders' }])
  const lanes = await db.pool.query(`select lane from shop_lane where next_due_at < 'infinity' order by lane`)
  expect(lanes.rows).toEqual([{ lane: 'send' }, { lane: 'work' }])
  expect(welcomed).toHaveLength(2)
})

test('ten processes that install a shop at once make one', async () => {
  const outcomes = await Promise.all(
    Array.from({ length: 10 }, () => install({ domain: 'busy.myshopify.com', scopes: '' })),
  )
  expect(outcomes.filter((outcome) => outcome === 'installed')).toHaveLength(1)
})

function install(grant: Grant) {
  const deps = {
    db,
    clock: systemClock,
    log: silentLog,
    welcome: async (_tx: unknown, shopId: number) => void welcomed.push(shopId),
    forget: directory.forget,
  }
  return installShop(deps, grant)
}

function visit(idToken: string | undefined) {
  const query = new URLSearchParams({ shop: domain, host, embedded: '1', ...(idToken && { id_token: idToken }) })
  const headers = { 'user-agent': 'Mozilla/5.0 (X11; Linux x86_64) Firefox/140.0' }
  const request = new Request(`https://app.example.com/app?${query}`, { headers })
  return loader({ request, params: {}, context })
}

async function thrownBy(visiting: Promise<unknown>): Promise<Response> {
  const thrown = await visiting.then(
    () => new Response(null, { status: 200 }),
    (error: unknown) => error,
  )
  if (!(thrown instanceof Response)) throw thrown
  return thrown
}
