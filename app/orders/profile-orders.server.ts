// What a profile's orders add up to. Kept on the profile, because segments ask for it all the time.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/**
 * Recomputes the sums of these profiles from their orders. Cancelled, deleted and test orders count for nothing. What
 * was given back is not spent; amounts in another currency than the shop's are left out of the sum, never converted.
 */
export async function recomputeProfileOrders(
  tx: Tx,
  profiles: readonly { shopId: ShopId; profileId: ProfileId }[],
): Promise<void> {
  if (profiles.length === 0) return
  await tx.rows(
    `update profile p set order_count = s.orders, total_spent_minor = s.spent, first_order_at = s.first_at,
       last_order_at = s.last_at
     from (
       select t.shop_id, t.profile_id, count(o.shopify_id)::int as orders, min(o.placed_at) as first_at,
         max(o.placed_at) as last_at,
         coalesce(sum(o.total_minor - o.refunded_minor) filter (where o.currency = shop.currency), 0)::bigint as spent
       from (select distinct * from unnest($1::int[], $2::bigint[]) as t (shop_id, profile_id)) t
       join shop on shop.id = t.shop_id
       left join shop_order o on o.shop_id = t.shop_id and o.profile_id = t.profile_id
         and o.cancelled_at is null and o.deleted_at is null and not o.is_test
       group by t.shop_id, t.profile_id
     ) s
     where p.shop_id = s.shop_id and p.id = s.profile_id`,
    [profiles.map(({ shopId }) => shopId), profiles.map(({ profileId }) => profileId)],
  )
}
