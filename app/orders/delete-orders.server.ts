// Orders that the merchant deleted: they stay, marked, because events and messages speak of them.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface OrderToDelete {
  shopId: ShopId
  orderId: string
  at: Date
  /** The shop's, for a placeholder. */
  currency: string
}

/**
 * Marks orders as deleted. One that is not known gets a placeholder, older than anything the source can say, so that the
 * order is deleted from the moment it arrives.
 */
export async function deleteOrders(
  tx: Tx,
  orders: readonly OrderToDelete[],
): Promise<{ shopId: ShopId; profileId: ProfileId | null }[]> {
  if (orders.length === 0) return []
  return tx.rows<{ shopId: ShopId; profileId: ProfileId | null }>(
    `insert into shop_order as o (shop_id, shopify_id, currency, placed_at, deleted_at, source_updated_at)
     select shop_id, order_id, min(currency), min(at), min(at), 'epoch'
     from unnest($1::int[], $2::text[], $3::text[], $4::timestamptz[]) as t (shop_id, order_id, currency, at)
     group by shop_id, order_id order by shop_id, order_id
     on conflict (shop_id, shopify_id) do update set deleted_at = least(o.deleted_at, excluded.deleted_at)
     returning o.shop_id as "shopId", o.profile_id as "profileId"`,
    [
      orders.map(({ shopId }) => shopId),
      orders.map(({ orderId }) => orderId),
      orders.map(({ currency }) => currency),
      orders.map(({ at }) => at),
    ],
  )
}
