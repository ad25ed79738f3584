// What the pages are given to work with. They import no connection and no secret: everything comes in here.
import type { shopifyApp } from '@shopify/shopify-app-remix/server'
import type { addFlow } from '#app/flows/add-flow.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { MailDesk } from '#app/messages/mail-desk.server.ts'
import type { SendGridAccount } from '#app/messages/sendgrid-account.server.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import type { Env } from '#app/platform/env.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import type { PeopleActions } from './people-actions.server.ts'
import type { ReaderActions } from './reader-actions.server.ts'

export interface Resources {
  env: Env
  /** A unit of work for one shop. Handed in, because the pages' bundle must not hold a second copy of the database. */
  withShop<Result>(shopId: ShopId, work: (tx: ShopTx) => Promise<Result>): Promise<Result>
  clock: Clock
  log: Log
  directory: ShopDirectory
  /** Makes sure that a shop that has just authenticated is known; costs nothing when it is. */
  install(grant: { domain: string; scopes: string }): Promise<unknown>
  shopify: Pick<ReturnType<typeof shopifyApp>, 'authenticate' | 'addDocumentResponseHeaders'>
  readers: ReaderActions
  mailDesk: MailDesk
  people: PeopleActions
  /** Adds a preset or an empty flow. Handed in, because it compiles mails. */
  addFlow: typeof addFlow
  /** Has a draft played on stored events, by a worker. */
  enqueueReplay(tx: ShopTx, run: { shopId: ShopId; flowId: number; runId: string }): Promise<void>
  secrets: Pick<Secrets, 'seal' | 'open'>
  /** Sets a shop's SendGrid account up. */
  sendgrid: SendGridAccount
  /** The data of one person, as a privacy request was answered with it; nothing when there is none. */
  readExport(shopId: ShopId, requestId: number): AsyncGenerator<string, void>
  /** Where App Bridge is loaded from, when not from Shopify. */
  appBridgeUrl: string | undefined
  /** Further origins that may frame the app; only ever set outside production. */
  frameAncestors: readonly string[]
}

declare module '@remix-run/server-runtime' {
  interface AppLoadContext {
    tern: Resources
  }
}
