import '#sandbox/shopify/route.ts'
import { Session } from '@shopify/shopify-api'
import { afterAll, expect, test } from 'vitest'
import { createAdminApi } from '#app/platform/admin-api/client.server.ts'
import { ShopAccessError } from '#app/platform/admin-api/errors.ts'
import { readShop } from '#app/platform/admin-api/operations.server.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createPrismaClient } from '#app/platform/prisma-client.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { offlineToken } from '#sandbox/shopify/fixtures/admin-client.ts'
import { credentials, startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { createTestDatabase } from '#tests/database.ts'
import { createAccessTokens } from './access-tokens.server.ts'
import { createSessionStorage } from './session-storage.server.ts'

const db = await createTestDatabase()
const secrets = createSecrets(Buffer.alloc(32, 7).toString('base64'))
const storage = createSessionStorage(createPrismaClient(db), secrets)
const domain = 'small-shop.myshopify.com'
const shop = await startSmallShop({ credentialClock: systemClock })
const undo = routeShopifyTo(shop.standIn.url)
afterAll(async () => {
  undo()
  await shop.standIn.close()
})

test('a session comes back from the table whole, with its refresh token and both expiries', async () => {
  const session = new Session({
    id: 'offline_other.myshopify.com',
    shop: 'other.myshopify.com',
    state: '',
    isOnline: false,
    scope: 'read_orders',
    accessToken: 'shpat_plain',
    refreshToken: 'shprt_plain',
    expires: new Date('2026-11-22T13:00:00Z'),
    refreshTokenExpires: new Date('2027-02-20T12:00:00Z'),
  })
  await storage.storeSession(session)
  const loaded = await storage.loadSession(session.id)
  expect(loaded?.toObject()).toEqual(session.toObject())
  expect(loaded?.equals(session)).toBe(true)
})

test('no token stands in the table in the clear', async () => {
  const { rows } = await db.pool.query('select * from session')
  expect(rows.length).toBeGreaterThan(0)
  expect(JSON.stringify(rows)).not.toMatch(/shpat|shprt/)
})

test('a refresh by many at once, from two processes, asks Shopify for one pair and all use it', async () => {
  await storeSession({ expiresInMs: 1_000 })
  const other = openDatabase(db.url, 2)
  const sets = [tokens(), createAccessTokens({ db: other, secrets, clock: systemClock, ...credentials })]
  const got = await Promise.all([0, 1, 0, 1, 0, 1].map((set) => sets[set]!.current(domain)))
  await other.close()
  expect(new Set(got).size).toBe(1)
  expect(await tokens().current(domain)).toBe(got[0])
  expect((await storage.loadSession(`offline_${domain}`))?.accessToken).toBe(got[0])
})

test('a call whose token Shopify does not take is repeated once with a new one', async () => {
  await storeSession({ expiresInMs: 3_600_000, accessToken: 'shpat_unknown' })
  const api = createAdminApi({ tokens: tokens(), clock: systemClock, log: silentLog })
  const { shop: facts } = await api.run(domain, readShop)
  expect(facts.name).toBe('Small shop')
})

test('a shop that removed the app is told apart from trouble that passes', async () => {
  await storeSession({ expiresInMs: 3_600_000 })
  shop.standIn.uninstall()
  const api = createAdminApi({ tokens: tokens(), clock: systemClock, log: silentLog })
  await expect(api.run(domain, readShop)).rejects.toBeInstanceOf(ShopAccessError)
  await expect(tokens().current('unknown.myshopify.com')).rejects.toBeInstanceOf(ShopAccessError)
})

function tokens() {
  return createAccessTokens({ db, secrets, clock: systemClock, ...credentials })
}

async function storeSession({ expiresInMs, accessToken }: { expiresInMs: number; accessToken?: string }) {
  const granted = await offlineToken(shop.standIn)
  await storage.storeSession(
    new Session({
      id: `offline_${domain}`,
      shop: domain,
      state: '',
      isOnline: false,
      accessToken: accessToken ?? granted.access_token,
      refreshToken: granted.refresh_token,
      expires: new Date(Date.now() + expiresInMs),
      refreshTokenExpires: new Date(Date.now() + 90 * 86_400_000),
    }),
  )
}
