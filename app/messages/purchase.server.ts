// What a message is about, as it stands now: the checkout, cart or order with its items, pictures and stock.
import { z } from 'zod'
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import type { Candidate } from './candidates.server.ts'

export interface PurchaseItem {
  productId: string | null
  variantId: string | null
  title: string
  variantTitle: string | null
  quantity: number
  priceMinor: number
  lineMinor: number
  handle: string | null
  imageUrl: string | null
  /** The product is gone from the shop, or none is left. */
  isUnavailable: boolean
}

export interface Purchase {
  kind: 'checkout' | 'cart' | 'order'
  url: string | null
  name: string | null
  totalMinor: number
  currency: string
  isFirst: boolean
  items: PurchaseItem[]
}

type About = Pick<Candidate, 'shopId' | 'id' | 'subject'>

/** The purchases that these messages are about, by message. One statement for each kind of subject there is. */
export async function loadPurchases(tx: Tx, candidates: readonly About[]): Promise<Map<MessageId, Purchase>> {
  const kinds = ['checkout', 'cart', 'order'] as const
  const purchases = await Promise.all(kinds.map((kind) => selectPurchases(tx, kind, candidates)))
  return new Map(purchases.flat())
}

async function selectPurchases(tx: Tx, kind: Purchase['kind'], candidates: readonly About[]) {
  const about = candidates.filter((candidate) => candidate.subject.startsWith(`${kind}:`))
  if (about.length === 0) return []
  const rows = await tx.rows<PurchaseRow>(statements[kind], [
    about.map((candidate) => candidate.shopId),
    about.map((candidate) => candidate.subject.slice(kind.length + 1)),
    about.map((candidate) => candidate.id),
  ])
  return rows.map(({ messageId, currency, items, ...row }): [MessageId, Purchase] => [
    messageId,
    { ...row, kind, currency: currency.trim(), items: itemsSchema.parse(items) },
  ])
}

interface PurchaseRow {
  messageId: MessageId
  shopId: ShopId
  url: string | null
  name: string | null
  totalMinor: number
  currency: string
  isFirst: boolean
  items: unknown
}

const itemsSchema = z.array(
  z.object({
    productId: z.string().nullable(),
    variantId: z.string().nullable(),
    title: z.string(),
    variantTitle: z.string().nullable(),
    quantity: z.number(),
    priceMinor: z.number(),
    lineMinor: z.number(),
    handle: z.string().nullable(),
    imageUrl: z.string().nullable(),
    isUnavailable: z.boolean(),
  }),
)

/** An item as mails show it, with what the catalogue knows of it today. `item` and `o` are in scope. */
const describedItem = (item: string) => `jsonb_build_object(
  'productId', ${item}.product_id, 'variantId', ${item}.variant_id, 'title', ${item}.title,
  'variantTitle', ${item}.variant_title, 'quantity', ${item}.quantity, 'priceMinor', ${item}.price_minor,
  'lineMinor', ${item}.line_minor, 'handle', p.handle, 'imageUrl', p.image_url,
  'isUnavailable', p.deleted_at is not null or coalesce(p.status, 'active') <> 'active' or coalesce(v.stock, 1) <= 0)`

const catalogue = (item: string) => `
  left join product p on p.shop_id = o.shop_id and p.shopify_id = ${item}.product_id
  left join variant v on v.shop_id = o.shop_id and v.shopify_id = ${item}.variant_id`

const basketItems = `coalesce((
  select jsonb_agg(${describedItem('item')} order by item.place)
  from (
    select i.place, i.value->>'productId' as product_id, i.value->>'variantId' as variant_id, i.value->>'title' as title,
      i.value->>'variantTitle' as variant_title, (i.value->>'quantity')::int as quantity,
      (i.value->>'priceMinor')::bigint as price_minor, (i.value->>'lineMinor')::bigint as line_minor
    from jsonb_array_elements(o.items) with ordinality as i (value, place)
  ) item ${catalogue('item')}), '[]')`

const asked = `unnest($1::int[], $2::text[], $3::uuid[]) as q (shop_id, key, message_id)`

const statements = {
  checkout: `
    select q.message_id as "messageId", o.shop_id as "shopId", o.url, null as name, o.total_minor as "totalMinor",
      o.currency, false as "isFirst", ${basketItems} as items
    from ${asked} join checkout o on o.shop_id = q.shop_id and o.token = q.key
    where o.completed_at is null and o.deleted_at is null`,
  cart: `
    select q.message_id as "messageId", o.shop_id as "shopId", null as url, null as name, o.total_minor as "totalMinor",
      o.currency, false as "isFirst", ${basketItems} as items
    from ${asked} join cart o on o.shop_id = q.shop_id and o.token = q.key`,
  order: `
    select q.message_id as "messageId", o.shop_id as "shopId", null as url, o.name, o.total_minor as "totalMinor",
      o.currency,
      not exists (
        select 1 from shop_order e where e.shop_id = o.shop_id and e.profile_id = o.profile_id
          and e.placed_at < o.placed_at and e.cancelled_at is null and e.deleted_at is null
      ) as "isFirst",
      coalesce((
        select jsonb_agg(${describedItem('item')} order by item.line_id)
        from order_line item ${catalogue('item')}
        where item.shop_id = o.shop_id and item.order_id = o.shopify_id
      ), '[]') as items
    from ${asked} join shop_order o on o.shop_id = q.shop_id and o.shopify_id = q.key
    where o.cancelled_at is null and o.deleted_at is null
      -- Refunded whole, if in several parts: nothing is left to thank for.
      and (o.total_minor = 0 or o.refunded_minor < o.total_minor)`,
}
