// Refunds: kept also when their order is not known yet, and counted on the order and its lines when it is.
import type { RefundState } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { type KnownOrder, knownOrderColumns } from './known-order.ts'
import { refundedTotal } from './refunded-total.ts'

export interface RefundToSave {
  shopId: ShopId
  refund: RefundState
}

/** Keeps the refunds that are new. Returns the orders that are known already. */
export async function saveRefunds(tx: Tx, refunds: readonly RefundToSave[]): Promise<KnownOrder[]> {
  if (refunds.length === 0) return []
  return tx.rows<KnownOrder>(saveSql, [
    refunds.map(({ shopId }) => shopId),
    refunds.map(({ refund }) => refund.refundId),
    refunds.map(({ refund }) => refund.orderId),
    refunds.map(({ refund }) => refund.amountMinor),
    refunds.map(({ refund }) => refund.refundedAt),
    refunds.map(({ refund }) => JSON.stringify(refund.lines)),
  ])
}

// `refund` inside this statement is the table as it was before: with `saved` it is what it will be.
const saveSql = `
  with told as (
    select distinct on (shop_id, shopify_id) t.*
    from unnest($1::int[], $2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::text[])
      as t (shop_id, shopify_id, order_id, amount_minor, refunded_at, lines)
    order by shop_id, shopify_id
  ),
  saved as (
    insert into refund (shop_id, shopify_id, order_id, amount_minor, refunded_at, lines)
    select shop_id, shopify_id, order_id, amount_minor, refunded_at, lines::jsonb from told
    order by shop_id, shopify_id
    on conflict do nothing
    returning shop_id, order_id, amount_minor, refunded_at, lines
  ),
  orders as (select distinct shop_id, order_id from told),
  everything as (
    select r.shop_id, r.order_id, r.amount_minor, r.refunded_at, r.lines
    from refund r join orders o on o.shop_id = r.shop_id and o.order_id = r.order_id
    union all select shop_id, order_id, amount_minor, refunded_at, lines from saved
  ),
  counted_orders as (
    update shop_order o set refunded_minor =
      ${refundedTotal('everything', 'o.shop_id', 'o.shopify_id', 'o.refunds_stated_minor', 'o.refunds_stated_at')}
    from (select distinct shop_id, order_id from saved) s
    where o.shop_id = s.shop_id and o.shopify_id = s.order_id
  ),
  counted_lines as (
    update order_line l set refunded_quantity = given.quantity
    from (
      select e.shop_id, e.order_id, line->>'lineId' as line_id, least(sum((line->>'quantity')::bigint), 2147483647)::int as quantity
      from everything e, jsonb_array_elements(e.lines) line group by 1, 2, 3
    ) given
    where l.shop_id = given.shop_id and l.order_id = given.order_id and l.line_id = given.line_id
      and l.refunded_quantity <> given.quantity
  )
  select ${knownOrderColumns},
    ${refundedTotal('everything', 'o.shop_id', 'o.shopify_id', 'o.refunds_stated_minor', 'o.refunds_stated_at')}
      as "refundedMinor"
  from orders t
  join shop_order o on o.shop_id = t.shop_id and o.shopify_id = t.order_id and o.source_updated_at > 'epoch'`
