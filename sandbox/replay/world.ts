// A whole Tern on a virtual clock: database, both stand-ins and the real HTTP server, moved from moment to moment by hand.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import pg from 'pg'
import { installPresets } from '#app/flows/install-presets.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import { type VirtualClock, virtualClock } from '#app/platform/clock.server.ts'
import { type Database, openDatabase, withSystem } from '#app/platform/database.server.ts'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { installShop } from '#app/shops/install.server.ts'
import { saveShopFacts } from '#app/shops/shop-facts.server.ts'
import { type SendGridStandIn, startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { type StandIn, startShopifyStandIn } from '#sandbox/shopify/stand-in.ts'
import type { Store } from '#sandbox/store/model.ts'
import { createRunner, type Runner } from './runner.ts'
import { createTeller, type Teller } from './teller.ts'

const apiKey = 'replay-client-id'
const apiSecret = 'replay-client-secret-0123456789'

export interface World {
  db: Database
  tern: Tern
  clock: VirtualClock
  shopId: ShopId
  sendgrid: SendGridStandIn
  shopify: StandIn
  runner: Runner
  teller: Teller
  close(): Promise<void>
}

export interface WorldOptions {
  store: Store
  startAt: Date
  seed: string
  /** The time between two looks of the worker, by the virtual clock. */
  tickMs: number
  logLevel?: string
}

/** Starts everything on a fresh database, with the shop installed and all its flows published. */
export async function startWorld(options: WorldOptions): Promise<World> {
  const clock = virtualClock(options.startAt)
  const log = createLog(options.logLevel ?? 'error')
  const server = await freshDatabase()
  const db = openDatabase(server.url, 6, { synchronous_commit: 'off' })
  const sendgrid = await startSendGridStandIn({ clock, seed: Number(options.seed) || 1, keepMails: 'none' })
  const env = readEnv({
    SHOPIFY_API_KEY: apiKey,
    SHOPIFY_API_SECRET: apiSecret,
    SHOPIFY_APP_URL: 'https://tern.example',
    SENDGRID_API_KEY: sendgrid.apiKey,
    SENDGRID_BASE_URL: sendgrid.url,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.publicKey,
    ENCRYPTION_KEY: Buffer.alloc(32, 'replay').toString('base64'),
  })
  const tern = composeTern({ env, db, clock, log, isWorker: false })
  await tern.queue.start()
  const http = tern.createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const appUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  sendgrid.setEventWebhookUrl(`${appUrl}/webhooks/sendgrid`)
  const appTomlPath = new URL('../../shopify.app.toml', import.meta.url).pathname
  const standInOptions = { store: options.store, clock, apiKey, apiSecret, appUrl, appTomlPath, seed: options.seed }
  const shopify = await startShopifyStandIn(standInOptions)
  const teller = createTeller(shopify, options.tickMs > 1 ? 24 : 1)
  await ensurePartitions(db, [clock.now()])
  const shopId = await openShop(tern, options.store)
  return {
    db,
    tern,
    clock,
    shopId,
    sendgrid,
    shopify,
    runner: createRunner({ db, tern, clock, sendgrid, tickMs: options.tickMs, allTold: teller.allTold }),
    teller,
    async close() {
      await Promise.all([shopify.close(), sendgrid.close()])
      http.close()
      http.closeAllConnections()
      await tern.queue.stop(1_000)
      tern.close()
      await db.close()
      await server.stop()
    },
  }
}

/** Each replay has a cluster of its own making, with a database that nothing was ever written to. */
async function freshDatabase() {
  const server = await startEmbeddedPostgres('.data/replay-postgres', {
    fsync: 'off',
    full_page_writes: 'off',
    max_wal_size: '4GB',
    shared_buffers: '512MB',
  })
  const name = `replay_${process.pid}`
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = Object.assign(new URL(server.url), { pathname: `/${name}` }).toString()
  await migrateDatabase(url)
  return {
    url,
    async stop() {
      const last = new pg.Client({ connectionString: server.url })
      await last.connect()
      await last.query(`drop database if exists ${name} with (force)`)
      await last.end()
      await server.stop()
    },
  }
}

/** What a merchant does: installs Tern, says who the mail is from, and publishes every flow. */
export async function openShop(tern: Tern, { shop }: Store): Promise<ShopId> {
  const { db, clock, log, directory } = tern
  const welcome = installPresets
  await installShop({ db, clock, log, welcome, forget: directory.forget }, { domain: shop.domain, scopes: '' })
  const entry = await directory.byDomain(shop.domain)
  const { shopId } = entry!
  const { address1, city, zip, country } = shop.address
  const address = `${address1}, ${city} ${zip}, ${country}`
  await withSystem(db, async (tx) => {
    const facts = { name: shop.name, email: shop.email, currency: shop.currency, timezone: shop.timezone }
    await saveShopFacts(tx, shopId, { ...facts, countryCode: shop.countryCode, url: `https://${shop.domain}`, address })
    await tx.rows(
      `insert into sender (shop_id, from_email, from_name, postal_address, updated_at) values ($1, $2, $3, $4, $5)
       on conflict (shop_id) do nothing`,
      [shopId, shop.email, shop.name, address, clock.now()],
    )
    for (const { id } of await tx.rows<{ id: FlowId }>('select id from flow where shop_id = $1 order by id', [
      shopId,
    ])) {
      const published = await publishFlow(tx, shopId, id, 'keep', clock.now())
      if (!published.ok) throw new Error(`a preset cannot be published: ${JSON.stringify(published.problems)}`)
    }
  })
  directory.forget(shopId)
  return shopId
}
