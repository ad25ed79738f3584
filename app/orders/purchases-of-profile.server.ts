// What one person has bought, and what lies in their carts and checkouts.
import { z } from 'zod'
import type { ProfileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'

export interface ListedOrder {
  shopifyId: string
  name: string | null
  currency: string
  totalMinor: number
  refundedMinor: number
  isTest: boolean
  placedAt: Date
  fulfilledAt: Date | null
  deliveredAt: Date | null
  cancelledAt: Date | null
  items: { title: string; quantity: number }[]
}

export interface ListedBasket {
  kind: 'cart' | 'checkout'
  token: string
  currency: string
  totalMinor: number
  createdAt: Date
  updatedAt: Date
  completedAt: Date | null
  items: { title: string; quantity: number }[]
}

const mostOrders = 20
const mostBaskets = 5
const itemsSchema = z.array(z.object({ title: z.string(), quantity: z.number() })).catch([])

/** The newest orders, cancelled and test ones included and marked. */
export async function listOrdersOf(tx: ShopTx, profileId: ProfileId): Promise<ListedOrder[]> {
  const rows = await tx.rows<ListedOrder>(
    `select o.shopify_id as "shopifyId", o.name, o.currency, o.total_minor as "totalMinor",
       o.refunded_minor as "refundedMinor", o.is_test as "isTest", o.placed_at as "placedAt",
       o.fulfilled_at as "fulfilledAt", o.delivered_at as "deliveredAt", o.cancelled_at as "cancelledAt",
       coalesce((
         select jsonb_agg(jsonb_build_object('title', l.title, 'quantity', l.quantity) order by l.line_id)
         from order_line l where l.shop_id = o.shop_id and l.order_id = o.shopify_id
       ), '[]') as items
     from shop_order o
     where o.shop_id = $1 and o.profile_id = $2 and o.deleted_at is null
     order by o.placed_at desc, o.shopify_id desc limit $3`,
    [tx.shopId, profileId, mostOrders],
  )
  return rows.map((row) => ({ ...row, items: itemsSchema.parse(row.items) }))
}

/** The carts and checkouts that changed last; empty ones and those that were deleted are left out. */
export async function listBasketsOf(tx: ShopTx, profileId: ProfileId): Promise<ListedBasket[]> {
  const rows = await tx.rows<ListedBasket>(
    `(select 'checkout' as kind, token, currency, total_minor as "totalMinor", created_at as "createdAt",
        source_updated_at as "updatedAt", completed_at as "completedAt", items
      from checkout where shop_id = $1 and profile_id = $2 and deleted_at is null and item_count > 0
      order by source_updated_at desc, token limit $3)
     union all
     (select 'cart', token, currency, total_minor, created_at, source_updated_at, null, items
      from cart where shop_id = $1 and profile_id = $2 and item_count > 0
      order by source_updated_at desc, token limit $3)
     order by "updatedAt" desc limit $3`,
    [tx.shopId, profileId, mostBaskets],
  )
  return rows.map((row) => ({ ...row, items: itemsSchema.parse(row.items) }))
}
