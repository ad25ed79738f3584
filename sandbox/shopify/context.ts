// What every part of the stand-in shares: who the app is, which shop is played, the clocks, and what has happened so far.
import type { Clock } from '#app/platform/clock.server.ts'
import type { Customer, Store } from '#sandbox/store/model.ts'
import type { AppConfig } from './app-config.ts'
import type { IdSource } from './ids.ts'

/** What the story's author wants to hear of; each may answer with a promise, which nobody waits for but `whenIdle`. */
export interface Hooks {
  onConsentChanged?(customer: Customer): unknown
  onTagsChanged?(change: { customer: Customer; added: string[]; removed: string[] }): unknown
  onPlaceOrder?(checkoutToken: string): unknown
}

/** Troubles on request; a test sets them while the stand-in runs. */
export interface Faults {
  /** Every n-th Admin API call is answered THROTTLED. */
  throttleEveryNth: number | null
  /** The next bulk operations fail after so many objects, leaving a partial result. */
  bulkFailsAfterObjects: number | null
}

export interface ShopifyContext {
  url: string
  appUrl: string
  /** Where the shop's pages are, as the Admin API tells it. */
  storefrontUrl: string
  apiKey: string
  apiSecret: string
  app: AppConfig
  store: Store
  clock: Clock
  /** The clock of the machines: tokens expire by it, since the app's libraries check them by the system's, and exports take their time. */
  credentialClock: Clock
  ids: IdSource
  hooks: Hooks
  faults: Faults
  installation: { id: string; isInstalled: boolean; scopes: string[] }
  /** Runs `work` beside the request; `whenIdle` waits for it. */
  inBackground(work: () => unknown): void
}

/** The store's name as in `NAME.myshopify.com`. */
export function storeName(context: ShopifyContext): string {
  return context.store.shop.domain.replace(/\.myshopify\.com$/, '')
}

/** The `host` parameter that Shopify gives to an embedded app. */
export function hostParameter(context: ShopifyContext): string {
  return Buffer.from(`admin.shopify.com/store/${storeName(context)}`)
    .toString('base64')
    .replaceAll('=', '')
}
