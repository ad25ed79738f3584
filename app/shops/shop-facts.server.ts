// What Tern knows of the shop itself: its name, money, clock and address.
import type { ShopId } from '#app/lib/ids.ts'
import type { AdminApi } from '#app/platform/admin-api/client.server.ts'
import { readShop } from '#app/platform/admin-api/operations.server.ts'
import { type Database, type Tx, withSystem } from '#app/platform/database.server.ts'

export interface ShopFactsUpdate {
  name: string
  email: string | null
  /** Null where the source does not tell; what is known stays. */
  currency: string | null
  timezone: string | null
  countryCode: string | null
  url: string | null
  address: string | null
}

/** The domain by which Shopify knows the shop; null when it is not installed. */
export async function findActiveDomain(db: Database, shopId: ShopId): Promise<string | null> {
  const [row] = await withSystem(db, (tx) =>
    tx.rows<{ domain: string }>(
      'select domain from shop where id = $1 and uninstalled_at is null and redacted_at is null',
      [shopId],
    ),
  )
  return row?.domain ?? null
}

/** Asks Shopify for the shop's facts. */
export async function fetchShopFacts(adminApi: AdminApi, domain: string) {
  const { shop } = await adminApi.run(domain, readShop)
  const { address1, address2, zip, city, provinceCode, country, countryCodeV2 } = shop.shopAddress
  const town = [city, zip].filter(Boolean).join(' ')
  const facts: ShopFactsUpdate = {
    name: shop.name,
    email: shop.contactEmail || shop.email,
    currency: shop.currencyCode,
    timezone: shop.ianaTimezone,
    countryCode: countryCodeV2 ?? null,
    url: shop.primaryDomain.url,
    address: [address1, address2, town, provinceCode, country].filter(Boolean).join(', ') || null,
  }
  return { shopifyId: shop.id, facts }
}

export async function saveShopFacts(tx: Tx, shopId: ShopId, facts: ShopFactsUpdate): Promise<void> {
  await tx.rows(
    `update shop set name = $2, email = $3, currency = coalesce($4, currency),
       timezone = coalesce($5, timezone), country_code = $6, url = $7, address = $8
     where id = $1`,
    [shopId, facts.name, facts.email, facts.currency, facts.timezone, facts.countryCode, facts.url, facts.address],
  )
}

export async function saveShopifyId(tx: Tx, shopId: ShopId, shopifyId: string): Promise<void> {
  await tx.rows('update shop set shopify_id = $2 where id = $1', [shopId, shopifyId])
}

export async function saveScopes(tx: Tx, shopId: ShopId, scopes: string): Promise<void> {
  await tx.rows('update shop set scopes = $2 where id = $1', [shopId, scopes])
}
