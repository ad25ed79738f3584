// A Shopify of one shop, on this machine: tokens, the Admin API, bulk operations and webhooks, by the platform's contracts.
import { once } from 'node:events'
import type { AddressInfo } from 'node:net'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Store } from '#sandbox/store/model.ts'
import { readAppConfig } from './app-config.ts'
import { mintSessionToken, type SessionTokenOptions } from './auth/session-token.ts'
import { tokenLedger } from './auth/token-ledger.ts'
import { background } from './background.ts'
import { bulkOperations } from './bulk/bulk-operations.ts'
import { type Faults, type Hooks, type ShopifyContext, storeName } from './context.ts'
import { costBucket } from './graphql/cost-bucket.ts'
import { type Route, routedServer } from './http.ts'
import { idSource } from './ids.ts'
import { standInRoutes } from './routes.ts'
import { type Deliveries, deliveries } from './webhooks/deliveries.ts'

export interface StandInOptions {
  /** The shop that is played. */
  store: Store
  clock: Clock
  apiKey: string
  apiSecret: string
  /** Where the app listens. */
  appUrl: string
  /** The app's shopify.app.toml. */
  appTomlPath: string
  port?: number
  /** The granted scopes; default: those that the app demands. */
  scopes?: string[]
  /** Ids and tokens follow from it. */
  seed?: string
  /** The clock by which tokens expire and exports take their time, where it isn't `clock`. */
  credentialClock?: Clock
  /** Where the shop's pages are; default: the shop's own domain. */
  storefrontUrl?: string
  hooks?: Hooks
}

export interface StandIn extends Deliveries {
  url: string
  /** Set these to make trouble. */
  faults: Faults
  /** Opened in a browser, installs the app and shows it in the admin. */
  installUrl(): string
  install(): void
  /** Revokes every token; from now on only `app/uninstalled` and the compliance topics are delivered. */
  uninstall(): void
  mintSessionToken(options?: SessionTokenOptions): string
  /** Finishes the bulk operations whose time is up, and waits for hooks and deliveries that run by themselves. */
  whenIdle(): Promise<void>
  close(): Promise<void>
}

/** Starts the stand-in; it listens when the promise resolves. */
export async function startShopifyStandIn(options: StandInOptions): Promise<StandIn> {
  const routes: Route[] = []
  const server = routedServer(() => routes)
  server.listen(options.port ?? 0)
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo

  const work = background()
  const context = contextOf(options, `http://localhost:${port}`, work.run)
  const ledger = tokenLedger(context.ids)
  const webhooks = deliveries(context)
  const bulk = bulkOperations(context, (body) => webhooks.deliver('bulk_operations/finish', body))
  const endpoint = { context, ledger, bulk, bucket: costBucket(), calls: 0 }
  routes.push(...standInRoutes(endpoint))

  return {
    ...webhooks,
    url: context.url,
    faults: context.faults,
    installUrl: () => `${context.url}/store/${storeName(context)}/oauth/install?client_id=${context.apiKey}`,
    install() {
      context.installation.isInstalled = true
    },
    uninstall() {
      context.installation.isInstalled = false
      ledger.revokeAll()
    },
    mintSessionToken: (tokenOptions) => mintSessionToken(context, tokenOptions),
    async whenIdle() {
      await bulk.settleDue()
      await work.whenIdle()
    },
    async close() {
      bulk.close()
      webhooks.close()
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
}

function contextOf(options: StandInOptions, url: string, inBackground: ShopifyContext['inBackground']): ShopifyContext {
  const app = readAppConfig(options.appTomlPath)
  const ids = idSource(options.seed ?? 'tern')
  return {
    url,
    app,
    ids,
    inBackground,
    appUrl: options.appUrl,
    storefrontUrl: options.storefrontUrl ?? `https://${options.store.shop.domain}`,
    apiKey: options.apiKey,
    apiSecret: options.apiSecret,
    store: options.store,
    clock: options.clock,
    credentialClock: options.credentialClock ?? options.clock,
    hooks: options.hooks ?? {},
    faults: { throttleEveryNth: null, bulkFailsAfterObjects: null },
    installation: { id: ids.number(), isInstalled: true, scopes: options.scopes ?? app.scopes },
  }
}
