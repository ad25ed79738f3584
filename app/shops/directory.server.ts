// Which shop is meant by a domain, a public id or a number. Every delivery asks, so the answers are kept for seconds.
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type Tx, withSystem } from '#app/platform/database.server.ts'

export interface ShopEntry {
  shopId: ShopId
  /** What outsiders know the shop by: SendGrid's events carry it. */
  publicId: string
  domain: string
  state: 'active' | 'uninstalled' | 'redacted'
}

/** What the rest of Tern wants to know of a shop in nearly every batch. */
export interface ShopFacts {
  domain: string
  currency: string
  timezone: string
  locale: string
  name: string
  url: string | null
  address: string | null
  countryCode: string | null
}

export interface ShopDirectory {
  byDomain(domain: string): Promise<ShopEntry | null>
  byPublicId(publicId: string): Promise<ShopEntry | null>
  /** The key with which the shop's own SendGrid account signs; null when it has none. */
  webhookKey(publicId: string): Promise<string | null>
  /** The facts of those of `shopIds` that exist. */
  byIds(tx: Tx, shopIds: readonly ShopId[]): Promise<Map<ShopId, ShopFacts>>
  /** Makes the next question about a shop go to the database: call it after the shop was changed. */
  forget(shop: ShopId | string): void
}

const keptMs = 10_000
/** Guesses at shops that don't exist are remembered too, and must not fill the memory. */
const mostEntries = 20_000

/** @param realMs real time, in which the answers age, whatever Tern's clock says */
export function createShopDirectory(db: Database, realMs: () => number = () => performance.now()): ShopDirectory {
  const entries = new Map<string, { answer: Promise<ShopEntry | null>; untilMs: number }>()
  const webhookKeys = new Map<string, { key: Promise<string | null>; untilMs: number }>()
  const facts = new Map<ShopId, { facts: ShopFacts; untilMs: number }>()

  function entry(key: string, find: () => Promise<ShopEntry | null>) {
    const known = entries.get(key)
    if (known && known.untilMs > realMs()) return known.answer
    if (entries.size >= mostEntries) entries.clear()
    const answer = find()
    // A failed question is not an answer: the next one asks again.
    answer.catch(() => entries.delete(key))
    entries.set(key, { answer, untilMs: realMs() + keptMs })
    return answer
  }

  return {
    byDomain: (domain) => entry(domain, () => findByDomain(db, domain)),
    byPublicId: (publicId) =>
      isUuid(publicId) ? entry(publicId, () => findByPublicId(db, publicId)) : Promise.resolve(null),
    webhookKey(publicId) {
      if (!isUuid(publicId)) return Promise.resolve(null)
      const known = webhookKeys.get(publicId)
      if (known && known.untilMs > realMs()) return known.key
      if (webhookKeys.size >= mostEntries) webhookKeys.clear()
      const key = findWebhookKey(db, publicId)
      key.catch(() => webhookKeys.delete(publicId))
      webhookKeys.set(publicId, { key, untilMs: realMs() + keptMs })
      return key
    },
    async byIds(tx, shopIds) {
      const missing = shopIds.filter((id) => !((facts.get(id)?.untilMs ?? 0) > realMs()))
      for (const id of missing) facts.delete(id)
      const rows = missing.length > 0 ? await listFacts(tx, missing) : []
      for (const { shopId, ...told } of rows) facts.set(shopId, { facts: told, untilMs: realMs() + keptMs })
      return new Map(shopIds.flatMap((id) => (facts.has(id) ? [[id, facts.get(id)!.facts] as const] : [])))
    },
    forget(shop) {
      // Entries are few and this is rare; so all go, also those that know the shop by another name.
      entries.clear()
      webhookKeys.clear()
      if (typeof shop === 'string') facts.clear()
      else facts.delete(shop)
    },
  }
}

const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/.test(text)

const entryColumns = `
  id as "shopId", public_id as "publicId", domain,
  case when redacted_at is not null then 'redacted' when uninstalled_at is not null then 'uninstalled'
    else 'active' end as state`

async function findByDomain(db: Database, domain: string) {
  const sql = `select ${entryColumns} from shop where domain = $1`
  return (await withSystem(db, (tx) => tx.rows<ShopEntry>(sql, [domain])))[0] ?? null
}

async function findByPublicId(db: Database, publicId: string) {
  const sql = `select ${entryColumns} from shop where public_id = $1`
  return (await withSystem(db, (tx) => tx.rows<ShopEntry>(sql, [publicId])))[0] ?? null
}

async function findWebhookKey(db: Database, publicId: string) {
  const sql = `select s.webhook_public_key as key from shop join sender s on s.shop_id = shop.id where shop.public_id = $1`
  return (await withSystem(db, (tx) => tx.rows<{ key: string | null }>(sql, [publicId])))[0]?.key ?? null
}

const listFacts = (tx: Tx, shopIds: readonly ShopId[]) =>
  tx.rows<ShopFacts & { shopId: ShopId }>(
    `select id as "shopId", domain, currency, timezone, locale, name, url, address, country_code as "countryCode"
     from shop where id = any($1::int[])`,
    [shopIds],
  )
