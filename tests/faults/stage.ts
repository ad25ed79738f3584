// Everything around a worker: the web server, both stand-ins and the shop, on a clock and a database of one's choice.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { openShop } from '#sandbox/replay/world.ts'
import { type SendGridStandIn, type SendGridStandInOptions, startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { type StandIn, startShopifyStandIn } from '#sandbox/shopify/stand-in.ts'
import type { Store } from '#sandbox/store/model.ts'
import { shortPatience } from './patience.ts'

export interface Stage {
  db: Database
  clock: Clock
  tern: Tern
  sendgrid: SendGridStandIn
  shopify: StandIn
  /** What another process needs in its environment to work for the same shop. */
  variables: Record<string, string>
  close(): Promise<void>
}

export interface StageOptions {
  db: Database
  clock: Clock
  store: Store
  /** The last moment that the story can come to. */
  until: Date
  sendgrid?: Omit<SendGridStandInOptions, 'clock'>
}

const apiKey = 'fault-test-client-id'
const apiSecret = 'fault-test-client-secret-0123456789'

export async function openStage({ db, clock, store, until, ...options }: StageOptions): Promise<Stage> {
  await ensurePartitions(db, daysBetween(clock.now(), until))
  const sendgrid = await startSendGridStandIn({ ...options.sendgrid, clock, keepMails: 'all' })
  const variables = {
    DATABASE_URL: db.url,
    SHOPIFY_API_KEY: apiKey,
    SHOPIFY_API_SECRET: apiSecret,
    SHOPIFY_APP_URL: 'https://tern.example',
    SENDGRID_API_KEY: sendgrid.apiKey,
    SENDGRID_BASE_URL: sendgrid.url,
    SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.publicKey,
    ENCRYPTION_KEY: Buffer.alloc(32, 'fault tests').toString('base64'),
  }
  const env = readEnv(variables)
  const tern = composeTern({ env, db, clock, log: silentLog, isWorker: false, patience: shortPatience })
  const http = tern.createServer()
  http.listen(0, '127.0.0.1')
  await once(http, 'listening')
  const appUrl = `http://127.0.0.1:${(http.address() as AddressInfo).port}`
  sendgrid.setEventWebhookUrl(`${appUrl}/webhooks/sendgrid`)
  const appTomlPath = new URL('../../shopify.app.toml', import.meta.url).pathname
  const shopify = await startShopifyStandIn({ store, clock, apiKey, apiSecret, appUrl, appTomlPath })
  await openShop(tern, store)
  return {
    db,
    clock,
    tern,
    sendgrid,
    shopify,
    variables,
    async close() {
      await Promise.all([shopify.close(), sendgrid.close()])
      http.close()
      http.closeAllConnections()
      tern.close()
    },
  }
}

function daysBetween(from: Date, until: Date): Date[] {
  const dayMs = 86_400_000
  const days = Math.ceil((until.getTime() - from.getTime()) / dayMs) + 1
  return Array.from({ length: days }, (_, day) => new Date(from.getTime() + day * dayMs))
}
