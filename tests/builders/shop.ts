// Builds the rows that most stories begin with: a shop that has installed Tern.
import { randomUUID } from 'node:crypto'
import { type ShopId, shopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'

export interface ShopOptions {
  domain?: string
  currency?: string
  timezone?: string
  installedAt?: Date
  /** Without a sender a shop sends nothing. */
  sender?: boolean
}

let built = 0

/** Inserts a shop with its lanes and, unless told otherwise, a sender. */
export async function buildShop(db: Database, options: ShopOptions = {}): Promise<ShopId> {
  built += 1
  const installedAt = options.installedAt ?? new Date('2026-01-01T00:00:00Z')
  const domain = options.domain ?? `shop-${built}-${randomUUID().slice(0, 6)}.myshopify.com`
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into shop (public_id, domain, name, currency, timezone, country_code, url, address, installed_at)
     values ($1, $2, 'Harbour Goods', $3, $4, 'GB', $5, '1 Quay Street, Bristol BS1 4AA, United Kingdom', $6) returning id`,
    [
      randomUUID(),
      domain,
      options.currency ?? 'GBP',
      options.timezone ?? 'Europe/London',
      `https://${domain}`,
      installedAt,
    ],
  )
  const id = shopId(rows[0]!.id)
  await db.pool.query(`insert into shop_lane (shop_id, lane) values ($1, 'work'), ($1, 'send')`, [id])
  if (options.sender !== false)
    await db.pool.query(
      `insert into sender (shop_id, from_email, from_name, postal_address, updated_at)
       values ($1, 'hello@harbour.example', 'Harbour Goods', '1 Quay Street, Bristol BS1 4AA, United Kingdom', $2)`,
      [id, installedAt],
    )
  return id
}
