// Starts Tern's HTTP server on a port of its own, over a test database, and speaks to it as Shopify and SendGrid do.
import { createHmac, generateKeyPairSync, type KeyObject, sign } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { Registry } from 'prom-client'
import { afterAll } from 'vitest'
import { createCollector } from '#app/events/collector.server.ts'
import { acceptDeliveries, type InboxRow, takeInbox } from '#app/events/inbox.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createTernServer, type ServerDeps } from '#app/server/http.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'

/** The time at which everything in these tests arrives. */
export const arrival = new Date('2026-11-22T12:00:00Z')
/** Today's secret of the app, and the one before it. */
export const appSecrets = ['the-secret-of-today', 'the-secret-of-yesterday'] as const

const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })

/** A server with small limits, stopped after the last test of the file. */
export async function startTernServer(db: Database, changes: Partial<ServerDeps> = {}) {
  const server = createTernServer({
    directory: createShopDirectory(db),
    collector: createCollector((deliveries) => acceptDeliveries(db, deliveries, arrival)),
    secrets: {
      shopify: appSecrets,
      sendGridPublicKeys: [publicKey.export({ type: 'spki', format: 'der' }).toString('base64')],
      metricsToken: 'a-token-of-some-length',
    },
    log: silentLog,
    metrics: new Registry(),
    limits: { shopifyBytes: 50_000, sendGridBytes: 50_000 },
    ...changes,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  afterAll(() => {
    server.closeAllConnections()
    server.close()
  })
  const { port } = server.address() as AddressInfo
  return { port, url: `http://127.0.0.1:${port}` }
}

export const shopifySignature = (body: string | Buffer, secret: string = appSecrets[0]) =>
  createHmac('sha256', secret).update(body).digest('base64')

let sent = 0

/** Headers to change, or to leave out where null. */
export type HeaderChanges = Record<string, string | null>

/** The headers of a new webhook over `body`. */
export function shopifyHeaders(domain: string, body: string | Buffer, changes: HeaderChanges = {}) {
  sent += 1
  const headers = {
    'x-shopify-topic': 'orders/create',
    'x-shopify-shop-domain': domain,
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': `webhook-${sent}`,
    'x-shopify-triggered-at': arrival.toISOString(),
    'x-shopify-hmac-sha256': shopifySignature(body),
    ...changes,
  }
  return Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== null)
}

/** The headers of a batch as SendGrid signs it. */
export function sendGridHeaders(body: string, key: KeyObject = privateKey): [string, string][] {
  const timestamp = String(arrival.getTime() / 1000)
  return [
    ['x-twilio-email-event-webhook-timestamp', timestamp],
    ['x-twilio-email-event-webhook-signature', sign('sha256', Buffer.from(timestamp + body), key).toString('base64')],
  ]
}

/** Posts `body` and returns what was answered. */
export async function postBody(url: string, body: string | Buffer, headers: [string, string][]) {
  const response = await fetch(url, { method: 'POST', headers, body: new Uint8Array(Buffer.from(body)) })
  return { status: response.status, text: (await response.text()).trim() }
}

/** Everything that the shop's inbox holds; looking empties it. */
export async function emptyInbox(db: Database, shop: ShopId): Promise<InboxRow[]> {
  const rows = await withSystem(db, (tx) => takeInbox(tx, [shop], 1000))
  await db.pool.query('delete from inbox where shop_id = $1', [shop])
  return rows
}
