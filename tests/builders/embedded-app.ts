// The embedded app as a merchant meets it: Tern's server over a test database, inside a stand-in for Shopify.
import '#sandbox/shopify/route.ts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import { systemClock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { type Log, silentLog } from '#app/platform/log.server.ts'
import { composeTern } from '#app/server/compose.server.ts'
import { createResources } from '#app/server/web-app.server.ts'
import { credentials, startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'

const domain = 'small-shop.myshopify.com'
/** Shopify's library turns away what does not look like a person's browser. */
export const browserName =
  'Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Safari/537.36'

/** Says what failed on the server, which a browser only sees as a page of regret. */
const loudLog: Log = Object.assign(Object.create(silentLog), {
  error: (...words: unknown[]) => console.error(...words),
})

/** Starts the stand-in and Tern's parts, with its one shop installed; both end after the last test of the file. */
export async function startEmbeddedApp(db: Database, env: Record<string, string> = {}) {
  const embedded = await composeEmbeddedApp(db, env)
  afterAll(() => embedded[Symbol.asyncDispose]())
  return embedded
}

/** The same, ended by whoever holds it. `env` adds to the environment. */
export async function composeEmbeddedApp(db: Database, env: Record<string, string> = {}) {
  const port = await freePort()
  const appUrl = `http://localhost:${port}`
  const shop = await startSmallShop({ credentialClock: systemClock, appUrl })
  const undo = routeShopifyTo(shop.standIn.url)
  const tern = composeTern({
    env: readEnv({
      NODE_ENV: 'test',
      PORT: String(port),
      SHOPIFY_API_KEY: credentials.apiKey,
      SHOPIFY_API_SECRET: credentials.apiSecret,
      SHOPIFY_APP_URL: appUrl,
      ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
      APP_BRIDGE_URL: `${shop.standIn.url}/app-bridge.js`,
      FRAME_ANCESTORS: shop.standIn.url,
      ...env,
    }),
    db,
    clock: systemClock,
    log: loudLog,
    isWorker: false,
  })
  await tern.queue.start()
  const resources = createResources(tern)
  await resources.install({ domain, scopes: 'read_orders' })
  const { shopId } = (await tern.directory.byDomain(domain))!
  return {
    tern,
    port,
    shopId,
    resources,
    standIn: shop.standIn,
    store: shop.store,
    async [Symbol.asyncDispose]() {
      undo()
      await tern.queue.stop(1_000)
      tern.close()
      await shop.standIn.close()
    },
  }
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0)
  await once(probe, 'listening')
  const { port } = probe.address() as AddressInfo
  probe.close()
  await once(probe, 'close')
  return port
}
