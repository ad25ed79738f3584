// A whole Tern to attack: web app and machine endpoints behind one address, Shopify and SendGrid beside it, logs kept.
import '#sandbox/shopify/route.ts'
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { createWebApp } from '#app/server/web-app.server.ts'
import { startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { credentials, startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { pagesFromSource } from './pages-from-source.ts'

/** The shop that Shopify's stand-in plays: whoever has a session is its merchant. */
export const ownDomain = 'small-shop.myshopify.com'
const host = Buffer.from('admin.shopify.com/store/small-shop').toString('base64url')
/** Shopify's library answers programs with 410; this is a browser. */
const browser = 'Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0'

export interface OpenTern {
  tern: Tern
  url: string
  port: number
  sendGrid: Awaited<ReturnType<typeof startSendGridStandIn>>
  shopify: Awaited<ReturnType<typeof startSmallShop>>['standIn']
  /** Everything that was logged, as written. */
  logged: string[]
  /** Asks for a page as the merchant of `ownDomain` does; `token` and `query` make it somebody else's request. */
  visit(path: string, visit?: Visit): Promise<Response>
  /** The merchant's first visit installs the shop; this is its number. */
  install(): Promise<ShopId>
}

export interface Visit extends RequestInit {
  token?: string | null
  query?: Record<string, string>
}

/** Open until the last test of the file is done. */
export async function openTern(db: Database): Promise<OpenTern> {
  const sendGrid = await startSendGridStandIn({ clock: systemClock })
  const shopify = await startSmallShop({ clock: systemClock })
  const undoRoute = routeShopifyTo(shopify.standIn.url)
  const env = readEnv({
    SHOPIFY_API_KEY: credentials.apiKey,
    SHOPIFY_API_SECRET: credentials.apiSecret,
    SHOPIFY_APP_URL: 'https://app.example.com',
    SENDGRID_API_KEY: sendGrid.apiKey,
    SENDGRID_BASE_URL: sendGrid.url,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sendGrid.publicKey,
    ENCRYPTION_KEY: Buffer.alloc(32, 1).toString('base64'),
    METRICS_TOKEN: 'a-token-of-some-length',
  })
  const logged: string[] = []
  const log = createLog('debug', { write: (line) => void logged.push(line) })
  await ensurePartitions(db, [systemClock.now()])
  const tern = composeTern({ env, db, clock: systemClock, log, isWorker: false })
  await tern.queue.start()
  const server = tern.createServer(await createWebApp(tern, await pagesFromSource()))
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const url = `http://127.0.0.1:${port}`
  afterAll(async () => {
    undoRoute()
    server.closeAllConnections()
    server.close()
    await Promise.all([shopify.standIn.close(), sendGrid.close(), tern.queue.stop(1_000)])
    tern.close()
  })

  const visit: OpenTern['visit'] = (path, { token, query, ...init } = {}) => {
    const idToken = token === undefined ? shopify.standIn.mintSessionToken() : token
    const address = new URL(path, url)
    for (const [name, value] of Object.entries({ shop: ownDomain, host, embedded: '1', ...query }))
      address.searchParams.set(name, value)
    if (idToken !== null) address.searchParams.set('id_token', idToken)
    const headers = { 'user-agent': browser, ...init.headers }
    return fetch(address, { redirect: 'manual', ...init, headers })
  }
  return {
    tern,
    url,
    port,
    sendGrid,
    shopify: shopify.standIn,
    logged,
    visit,
    async install() {
      const answer = await visit('/app')
      if (answer.status !== 200) throw new Error(`the shop was not installed: ${answer.status}`)
      return (await tern.directory.byDomain(ownDomain))!.shopId
    },
  }
}
