// A shop arrives, or comes back. Shopify's library says so about hourly, so knowing a shop already must cost nothing.
import { randomUUID } from 'node:crypto'
import { type ShopId, shopId } from '#app/lib/ids.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, type Tx, withSystem } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { saveScopes } from './shop-facts.server.ts'

export interface InstallDeps {
  db: Database
  clock: Clock
  log: Log
  /** What an arriving shop gets, in the same transaction: the shipped flows, and the job that reads its facts. */
  welcome(tx: Tx, shopId: ShopId, now: Date): Promise<void>
  /** The shop's entry in memory is out of date. */
  forget(domain: string): void
}

export interface Grant {
  domain: string
  /** The granted scopes, separated by commas. */
  scopes: string
}

export type InstallOutcome = 'installed' | 'reinstalled' | 'known'

/** Makes sure that the shop is known and at work. Nothing is asked of Shopify here: a page waits for this. */
export async function installShop(deps: InstallDeps, grant: Grant): Promise<InstallOutcome> {
  const now = deps.clock.now()
  const outcome = await withSystem(deps.db, async (tx): Promise<InstallOutcome> => {
    const known = await findShop(tx, grant.domain)
    if (known?.isActive) {
      if (known.scopes !== grant.scopes) await saveScopes(tx, known.id, grant.scopes)
      return 'known'
    }
    const id = known ? known.id : await insertShop(tx, grant, now)
    // Another process was faster.
    if (id === null) return 'known'
    if (known) await reviveShop(tx, id, grant.scopes, now)
    await insertLanes(tx, id)
    await wakeLanes(tx, 'work', [{ shopId: id, dueAt: now }])
    await wakeLanes(tx, 'send', [{ shopId: id, dueAt: now }])
    await deps.welcome(tx, id, now)
    return known ? 'reinstalled' : 'installed'
  })
  if (outcome !== 'known') {
    deps.forget(grant.domain)
    deps.log.info({ shopDomain: grant.domain }, `shop.${outcome}`)
  }
  return outcome
}

async function findShop(tx: Tx, domain: string) {
  const [row] = await tx.rows<{ id: ShopId; scopes: string; isActive: boolean }>(
    `select id, scopes, uninstalled_at is null and redacted_at is null as "isActive"
     from shop where domain = $1 for update`,
    [domain],
  )
  return row ?? null
}

async function insertShop(tx: Tx, { domain, scopes }: Grant, now: Date): Promise<ShopId | null> {
  const [row] = await tx.rows<{ id: number }>(
    `insert into shop (public_id, domain, scopes, installed_at) values ($1, $2, $3, $4)
     on conflict (domain) do nothing returning id`,
    [randomUUID(), domain, scopes, now],
  )
  return row ? shopId(row.id) : null
}

const reviveShop = (tx: Tx, id: ShopId, scopes: string, now: Date) =>
  tx.rows('update shop set scopes = $2, installed_at = $3, uninstalled_at = null, redacted_at = null where id = $1', [
    id,
    scopes,
    now,
  ])

const insertLanes = (tx: Tx, id: ShopId) =>
  tx.rows(`insert into shop_lane (shop_id, lane) values ($1, 'work'), ($1, 'send') on conflict do nothing`, [id])
