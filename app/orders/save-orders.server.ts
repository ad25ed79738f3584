// Orders with their lines. Whatever came before its order (refunds, deliveries, a checkout) is joined to it here.
import { z } from 'zod'
import { newestColumns } from '#app/catalog/guarded-upsert.ts'
import type { ProfileId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { type FoldedOrder, foldOrders, type OrderToSave } from './fold-orders.ts'
import { type KnownOrder, knownOrderColumns } from './known-order.ts'
import { refundedTotal } from './refunded-total.ts'
import type { TiedSubject } from './tie-events.server.ts'

const heldRefunds = z.array(z.object({ refundId: z.string(), amountMinor: z.number(), at: z.coerce.date() }))
const heldDeliveries = z.array(z.object({ fulfilmentId: z.string(), at: z.coerce.date() }))

export interface SavedOrder extends KnownOrder {
  /** Whose it was before; differs when the order turned out to be another person's. */
  previousProfileId: ProfileId | null
  /** Whether this is the first that is known of the order itself. */
  isNew: boolean
  /** What had been told about the order before it was known itself. */
  held: { refunds: z.infer<typeof heldRefunds>; deliveries: z.infer<typeof heldDeliveries> }
  tied: TiedSubject[]
}

/** Writes the newest state of each order, completes its checkout and gives its cart and checkout to their owner. */
export async function saveOrders(tx: Tx, orders: readonly OrderToSave[]): Promise<SavedOrder[]> {
  if (orders.length === 0) return []
  const rows = await tx.rows<
    Omit<SavedOrder, 'held' | 'tied'> & { refunds: unknown; deliveries: unknown; tied: TiedSubject[] | null }
  >(saveSql, [JSON.stringify(foldOrders(orders).map(columnsOf))])
  return rows.map(({ refunds, deliveries, tied, ...row }) => ({
    ...row,
    held: { refunds: heldRefunds.parse(refunds ?? []), deliveries: heldDeliveries.parse(deliveries ?? []) },
    tied: tied ?? [],
  }))
}

const stated = ['name', 'cart_token', 'checkout_token', 'currency', 'total_minor', 'is_test', 'placed_at']
const lineColumns =
  'shop_id, order_id, line_id, product_id, variant_id, title, variant_title, quantity, price_minor, line_minor'

const saveSql = `
  with told as materialized (
    select t.*, b.profile_id as previous_profile_id, b.source_updated_at is null or b.source_updated_at = 'epoch' as is_new,
      case when t.refunds_stated_at >= coalesce(b.refunds_stated_at, '-infinity')
        then t.refunds_stated_minor else coalesce(b.refunds_stated_minor, 0) end as stated_minor,
      greatest(t.refunds_stated_at, b.refunds_stated_at) as stated_at
    from jsonb_to_recordset($1::jsonb) as t (
      shop_id int, order_id text, profile_id bigint, cart_owner bigint, checkout_owner bigint, name text,
      cart_token text, checkout_token text, currency text, total_minor bigint, refunds_stated_minor bigint,
      refunds_stated_at timestamptz, is_test boolean, placed_at timestamptz, paid_at timestamptz,
      fulfilled_at timestamptz, cancelled_at timestamptz, source_updated_at timestamptz, lines jsonb)
    left join shop_order b on b.shop_id = t.shop_id and b.shopify_id = t.order_id
  ),
  saved as (
    insert into shop_order as o (shop_id, shopify_id, profile_id, paid_at, fulfilled_at, delivered_at, cancelled_at,
      refunded_minor, refunds_stated_minor, refunds_stated_at, source_updated_at, ${stated})
    select t.shop_id, t.order_id, t.profile_id, t.paid_at, t.fulfilled_at,
      (select min(f.delivered_at) from fulfilment f where f.shop_id = t.shop_id and f.order_id = t.order_id),
      t.cancelled_at, ${refundedTotal('refund', 't.shop_id', 't.order_id', 't.stated_minor', 't.stated_at')},
      t.stated_minor, t.stated_at, t.source_updated_at, ${stated}
    from told t order by t.shop_id, t.order_id
    on conflict (shop_id, shopify_id) do update set
      profile_id = case when excluded.source_updated_at >= o.source_updated_at
        then coalesce(excluded.profile_id, o.profile_id) else coalesce(o.profile_id, excluded.profile_id) end,
      paid_at = least(o.paid_at, excluded.paid_at),
      fulfilled_at = least(o.fulfilled_at, excluded.fulfilled_at),
      delivered_at = least(o.delivered_at, excluded.delivered_at),
      cancelled_at = least(o.cancelled_at, excluded.cancelled_at),
      refunded_minor = excluded.refunded_minor,
      refunds_stated_minor = excluded.refunds_stated_minor,
      refunds_stated_at = excluded.refunds_stated_at,
      ${newestColumns('o', stated, 'total_minor')}
    returning o.*
  ),
  lines as (
    select l.*, t.shop_id, t.order_id, coalesce((
        select least(sum((given->>'quantity')::bigint), 2147483647)::int from refund r, jsonb_array_elements(r.lines) given
        where r.shop_id = t.shop_id and r.order_id = t.order_id and given->>'lineId' = l.line_id), 0) as refunded,
      (s.source_updated_at, s.total_minor) = (t.source_updated_at, t.total_minor) as is_newest
    from told t join saved s on s.shop_id = t.shop_id and s.shopify_id = t.order_id
    cross join jsonb_to_recordset(t.lines) as l (line_id text, product_id text, variant_id text, title text,
      variant_title text, quantity int, price_minor bigint, line_minor bigint)
  ),
  newest_lines as (
    insert into order_line (${lineColumns}, refunded_quantity)
    select ${lineColumns}, refunded from lines where is_newest order by shop_id, order_id, line_id
    on conflict (shop_id, order_id, line_id) do update set
      product_id = excluded.product_id, variant_id = excluded.variant_id, title = excluded.title,
      variant_title = excluded.variant_title, quantity = excluded.quantity, price_minor = excluded.price_minor,
      line_minor = excluded.line_minor
  ),
  older_lines as (
    insert into order_line (${lineColumns}, refunded_quantity)
    select ${lineColumns}, refunded from lines where not is_newest order by shop_id, order_id, line_id
    on conflict do nothing
  ),
  carts as (
    update cart c set profile_id = t.cart_owner from told t
    where c.shop_id = t.shop_id and c.token = t.cart_token and t.cart_owner is not null
      and c.profile_id is distinct from t.cart_owner
    returning c.shop_id, 'cart:' || c.token as subject, c.profile_id, c.created_at, t.order_id
  ),
  checkouts as (
    update checkout c set completed_at = least(c.completed_at, t.placed_at),
      profile_id = coalesce(t.checkout_owner, c.profile_id)
    from told t, checkout b
    where c.shop_id = t.shop_id and c.token = t.checkout_token and b.shop_id = c.shop_id and b.token = c.token
    returning c.shop_id, 'checkout:' || c.token as subject, c.profile_id, c.created_at, t.order_id,
      b.profile_id is null and c.profile_id is not null as is_tied
  ),
  tied as (
    select shop_id, subject, profile_id, created_at, order_id from carts
    union all select shop_id, subject, profile_id, created_at, order_id from checkouts where is_tied
  )
  select ${knownOrderColumns}, t.previous_profile_id as "previousProfileId", t.is_new as "isNew",
    (select jsonb_agg(jsonb_build_object('refundId', r.shopify_id, 'amountMinor', r.amount_minor, 'at', r.refunded_at)
       order by r.refunded_at, r.shopify_id)
     from refund r where t.is_new and r.shop_id = t.shop_id and r.order_id = t.order_id) as refunds,
    (select jsonb_agg(jsonb_build_object('fulfilmentId', f.shopify_id, 'at', f.delivered_at)
       order by f.delivered_at, f.shopify_id)
     from fulfilment f where t.is_new and f.shop_id = t.shop_id and f.order_id = t.order_id
       and f.delivered_at is not null) as deliveries,
    (select jsonb_agg(jsonb_build_object('subject', tied.subject, 'profileId', tied.profile_id,
       'since', tied.created_at)) from tied where tied.shop_id = t.shop_id and tied.order_id = t.order_id) as tied
  from saved o join told t on t.shop_id = o.shop_id and t.order_id = o.shopify_id`

function columnsOf({ shopId, profileId, cartOwner, checkoutOwner, order, statedRefunds }: FoldedOrder) {
  return {
    shop_id: shopId,
    order_id: order.orderId,
    profile_id: profileId,
    cart_owner: cartOwner,
    checkout_owner: checkoutOwner,
    name: order.name,
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    currency: order.currency,
    total_minor: order.totalMinor,
    refunds_stated_minor: statedRefunds?.amountMinor ?? 0,
    refunds_stated_at: statedRefunds?.at ?? null,
    is_test: order.isTest,
    placed_at: order.placedAt,
    paid_at: order.paidAt,
    fulfilled_at: order.fulfilledAt,
    cancelled_at: order.cancelledAt,
    source_updated_at: order.updatedAt,
    lines: order.lines.map((line) => ({
      line_id: line.lineId,
      product_id: line.productId,
      variant_id: line.variantId,
      title: line.title,
      variant_title: line.variantTitle,
      quantity: line.quantity,
      price_minor: line.priceMinor,
      line_minor: line.lineMinor,
    })),
  }
}
