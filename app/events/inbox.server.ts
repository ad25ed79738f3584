// The inbox: what has arrived and is not worked off. A delivery is here, durably and once, before anyone is told "200".
import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Database, Tx } from '#app/platform/database.server.ts'
import { insertDeliveries } from './insert-deliveries.server.ts'
import type { Source } from './observe.ts'

export interface Delivery {
  shopId: ShopId
  source: Source
  topic: string
  /** The same whenever the source repeats the delivery. */
  deliveryId: string
  /** When the source says that it happened; the same on every repetition. */
  triggeredAt: Date | null
  /** As it was sent. */
  body: Buffer
}

export interface InboxRow {
  shopId: ShopId
  id: number
  source: Source
  topic: string
  deliveryId: string
  triggeredAt: Date | null
  receivedAt: Date
  body: string
}

export type Acceptance = 'accepted' | 'duplicate'

/** Keeps `deliveries` that are new and makes their shops' lanes due. One statement: durable when it resolves. */
export async function acceptDeliveries(
  db: Database,
  deliveries: readonly Delivery[],
  now: Date,
): Promise<Acceptance[]> {
  if (deliveries.length === 0) return []
  const rows = deliveries.map((delivery) => ({ ...delivery, body: compressBody(delivery.body) }))
  const accepted = await insertDeliveries(db, rows, now)
  return deliveries.map((_, place) => (accepted.has(place) ? 'accepted' : 'duplicate'))
}

/**
 * Deliveries of each shop, at most `perShop`, in the order in which they came. What happens now goes first, so that nobody
 * waits behind the import of a long past; the import keeps a quarter, so that it ends also in a busy shop.
 */
export async function takeInbox(tx: Tx, shopIds: readonly ShopId[], perShop: number): Promise<InboxRow[]> {
  const rows = await tx.rows<Omit<InboxRow, 'body'> & { body: Buffer }>(
    `select i.shop_id as "shopId", i.id, i.source, i.topic, i.delivery_id as "deliveryId",
       i.triggered_at as "triggeredAt", i.received_at as "receivedAt", i.body
     from unnest($1::int[]) as s (shop_id)
     cross join lateral (
       select d.*, count(*) filter (where d.imported) over () as imports, count(*) filter (where not d.imported) over () as news
       from (
         (select false as imported, id, row_number() over (order by id) as place from inbox
          where shop_id = s.shop_id and source <> 'sync' and set_aside_at is null order by id limit $2)
         union all
         (select true, id, row_number() over (order by id) from inbox
          where shop_id = s.shop_id and source = 'sync' and set_aside_at is null order by id limit $2)
       ) d
     ) due
     join inbox i on i.shop_id = s.shop_id and i.id = due.id
     where due.place <= case when due.imported then $2 - least(due.news, $2 - least(due.imports, $3))
       else $2 - least(due.imports, $3) end
     order by i.id`,
    [shopIds, perShop, Math.floor(perShop / 4)],
  )
  return rows.map((row) => ({ ...row, body: brotliDecompressSync(row.body).toString('utf8') }))
}

/** Moves what is worked off from the inbox to the archive, where it stays as long as the shop's retention says. */
export async function archiveInbox(
  tx: Tx,
  done: readonly { shopId: ShopId; id: number; profileId: ProfileId | null }[],
  now: Date,
): Promise<void> {
  if (done.length === 0) return
  await tx.rows(
    `with done as (select * from unnest($1::int[], $2::bigint[], $3::bigint[]) as d (shop_id, id, profile_id)),
     gone as (
       delete from inbox i using done d where i.shop_id = d.shop_id and i.id = d.id
       returning i.shop_id, i.id, d.profile_id, i.source, i.topic, i.delivery_id, i.received_at, i.body
     )
     insert into inbox_archive (shop_id, id, profile_id, source, topic, delivery_id, received_at, processed_at, body)
     select shop_id, id, profile_id, source, topic, delivery_id, received_at, $4, body from gone`,
    [done.map((row) => row.shopId), done.map((row) => row.id), done.map((row) => row.profileId), now],
  )
}

/** Takes what cannot be processed out of the way: the shop goes on, and the health page shows it. */
export async function setAsideInbox(
  tx: Tx,
  failed: readonly { shopId: ShopId; id: number; error: string }[],
  now: Date,
): Promise<void> {
  if (failed.length === 0) return
  await tx.rows(
    `update inbox i set set_aside_at = $4, error = f.error
     from unnest($1::int[], $2::bigint[], $3::text[]) as f (shop_id, id, error)
     where i.shop_id = f.shop_id and i.id = f.id`,
    [failed.map((row) => row.shopId), failed.map((row) => row.id), failed.map((row) => row.error), now],
  )
}

/** Brotli's lowest level takes half the CPU that zstd's does for bodies of a few kB (15 against 30 µs for 1.3 kB). */
export function compressBody(body: Buffer): Buffer {
  return brotliCompressSync(body, { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY + 1 } })
}
