// Starts what a demo consists of: the two stand-ins with a shop and its story, and Tern.
import { randomBytes } from 'node:crypto'
import path from 'node:path'
import { type Clock, scaledClock, systemClock } from '#app/platform/clock.server.ts'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { replayedShop } from '#sandbox/replay/replayed-shop.ts'
import type { NameOf } from '#sandbox/sendgrid/inbox/address-book.ts'
import { type SendGridStandIn, startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { readAppConfig } from '#sandbox/shopify/app-config.ts'
import { type StandIn, startShopifyStandIn } from '#sandbox/shopify/stand-in.ts'
import { createStore } from '#sandbox/store/create-store.ts'
import type { Customer, Store } from '#sandbox/store/model.ts'
import { webhookBody } from '#sandbox/store/webhook-payloads.ts'
import { type AppProcess, startApp } from './app-process.ts'
import { type Comebacks, createComebacks } from './comebacks.ts'
import { customerNames } from './customer-names.ts'
import type { DemoDatabase } from './demo-database.ts'
import type { Ending } from './ending.ts'
import { projectRoot } from './project-root.ts'
import { livelyReaders } from './readers.ts'
import { beginStory, readDemoHistory, type Story, seed } from './story.ts'

export interface World {
  clock: Clock
  store: Store
  /** Whose address it is. */
  nameOf: NameOf
  story: Story
  comebacks: Comebacks
  shopify: StandIn
  sendgrid: SendGridStandIn
  app: AppProcess
  db: Database
  appUrl: string
  logFile: string
}

export interface WorldOptions {
  rate: number
  ports: { app: number; shopify: number; sendgrid: number }
  database: DemoDatabase
  logFile: string
}

const apiKey = 'tern-demo-client-id'
const apiSecret = randomBytes(24).toString('hex')

/** Starts all processes and servers; the shop's clock runs from here on, but nothing is told to Tern yet. */
export async function startWorld({ rate, ports, database, logFile }: WorldOptions, ending: Ending): Promise<World> {
  const store = createStore(replayedShop)
  const shopifyUrl = `http://localhost:${ports.shopify}`
  const appUrl = `http://localhost:${ports.app}`
  const comebacks = createComebacks(store, shopifyUrl, seed)
  const history = await readDemoHistory()
  const startAt = new Date()
  const clock = scaledClock(rate, startAt)
  const story = beginStory(history, store, { startAt, baseUrl: shopifyUrl })

  const nameOf = customerNames(store)
  const sendgrid = await startSendGridStandIn({
    clock,
    port: ports.sendgrid,
    engagement: livelyReaders(seed, comebacks.plan),
    eventWebhookUrl: `${appUrl}/webhooks/sendgrid`,
    nameOf,
  })
  ending.onEnd(() => sendgrid.close())
  const appTomlPath = path.join(projectRoot, 'shopify.app.toml')
  const shopify = await startShopifyStandIn({
    store,
    clock,
    credentialClock: systemClock,
    apiKey,
    apiSecret,
    appUrl,
    appTomlPath,
    port: ports.shopify,
    seed,
    storefrontUrl: `${shopifyUrl}/storefront`,
    scopes: [...readAppConfig(appTomlPath).scopes, 'read_all_orders'],
    hooks: {
      onPlaceOrder: (checkoutToken) => finishCheckout(shopify, comebacks, { checkoutToken, at: clock.now() }),
      onConsentChanged: (customer) => tellConsent(shopify, store, customer),
    },
  })
  ending.onEnd(() => shopify.close())
  shopify.uninstall()

  const app = startApp(
    {
      PORT: String(ports.app),
      DATABASE_URL: database.url,
      SHOPIFY_API_KEY: apiKey,
      SHOPIFY_API_SECRET: apiSecret,
      SHOPIFY_APP_URL: appUrl,
      SENDGRID_API_KEY: sendgrid.apiKey,
      SENDGRID_BASE_URL: sendgrid.url,
      SENDGRID_WEBHOOK_PUBLIC_KEY: sendgrid.publicKey,
      ENCRYPTION_KEY: randomBytes(32).toString('base64'),
      CLOCK_RATE: String(rate),
      CLOCK_START: startAt.toISOString(),
      LOG_LEVEL: 'warn',
      APP_BRIDGE_URL: `${shopifyUrl}/app-bridge.js`,
      FRAME_ANCESTORS: shopifyUrl,
      PRIVATE_DOWNLOADS: 'allow',
      SANDBOX_SHOPIFY_URL: shopifyUrl,
    },
    logFile,
  )
  ending.onEnd(() => app.stop())
  const db = openDatabase(database.url, 3)
  ending.onEnd(() => db.close())
  await app.untilHealthy(ending.signal)
  return { clock, store, nameOf, story, comebacks, shopify, sendgrid, app, db, appUrl, logFile }
}

async function finishCheckout(shopify: StandIn, comebacks: Comebacks, order: { checkoutToken: string; at: Date }) {
  comebacks.plan(order.checkoutToken, order.at)
  for (const { at, topic, body } of comebacks.takeDue(order.at)) await shopify.deliver(topic, body, { triggeredAt: at })
}

function tellConsent(shopify: StandIn, { shop }: Store, customer: Customer) {
  const topic = 'customers_email_marketing_consent/update'
  return shopify.deliver(topic, webhookBody(shop, { topic, customer }))
}
