// Fulfilments: kept also when their order is not known yet; the first delivery is noted on the order.
import type { FulfilmentState } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { type KnownOrder, knownOrderColumns } from './known-order.ts'
import { earlierOf, earliest, newestByKey } from './newest-first.ts'

export interface FulfilmentToSave {
  shopId: ShopId
  fulfilment: FulfilmentState
}

/** Writes the newest state of each fulfilment. Returns the orders that are known already. */
export async function saveFulfilments(tx: Tx, fulfilments: readonly FulfilmentToSave[]): Promise<KnownOrder[]> {
  if (fulfilments.length === 0) return []
  const newest = newestByKey(
    fulfilments,
    ({ shopId, fulfilment }) => `${shopId} ${fulfilment.fulfilmentId}`,
    ({ fulfilment }) => ({ updatedAt: fulfilment.updatedAt, totalMinor: 0 }),
    (newer, older) => ({ ...newer, fulfilment: combined(newer.fulfilment, older.fulfilment) }),
  )
  return tx.rows<KnownOrder>(saveSql, [
    newest.map(({ shopId }) => shopId),
    newest.map(({ fulfilment }) => fulfilment.fulfilmentId),
    newest.map(({ fulfilment }) => fulfilment.orderId),
    newest.map(({ fulfilment }) => fulfilment.status),
    newest.map(({ fulfilment }) => fulfilment.shippedAt),
    newest.map(({ fulfilment }) => fulfilment.deliveredAt),
    newest.map(({ fulfilment }) => fulfilment.updatedAt),
  ])
}

function combined(newer: FulfilmentState, older: FulfilmentState): FulfilmentState {
  return {
    ...newer,
    status: newer.status ?? older.status,
    shippedAt: earlierOf(newer.shippedAt, older.shippedAt),
    deliveredAt: earliest(newer.deliveredAt, older.deliveredAt),
  }
}

const saveSql = `
  with told as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::timestamptz[], $6::timestamptz[],
      $7::timestamptz[]) as t (shop_id, shopify_id, order_id, status, shipped_at, delivered_at, source_updated_at)
  ),
  saved as (
    insert into fulfilment as f (shop_id, shopify_id, order_id, status, shipped_at, delivered_at, source_updated_at)
    select * from told order by shop_id, shopify_id
    on conflict (shop_id, shopify_id) do update set
      status = case when excluded.source_updated_at >= f.source_updated_at
        then coalesce(excluded.status, f.status) else coalesce(f.status, excluded.status) end,
      shipped_at = least(f.shipped_at, excluded.shipped_at),
      delivered_at = least(f.delivered_at, excluded.delivered_at),
      source_updated_at = greatest(f.source_updated_at, excluded.source_updated_at)
  ),
  orders as (select shop_id, order_id, min(delivered_at) as delivered_at from told group by shop_id, order_id),
  delivered as (
    update shop_order o set delivered_at = least(o.delivered_at, t.delivered_at)
    from orders t where o.shop_id = t.shop_id and o.shopify_id = t.order_id and t.delivered_at is not null
  )
  select ${knownOrderColumns} from orders t
  join shop_order o on o.shop_id = t.shop_id and o.shopify_id = t.order_id and o.source_updated_at > 'epoch'`
