// The catalogue as the shop tells it: products with their variants, prices and stock.
import type { ProductState } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { newestColumns } from './guarded-upsert.ts'

export interface ProductToSave {
  shopId: ShopId
  product: ProductState
}

/** Writes the newest state of each product and its variants; an older one changes nothing. */
export async function saveProducts(tx: Tx, products: readonly ProductToSave[]): Promise<void> {
  if (products.length === 0) return
  await tx.rows(saveSql, [JSON.stringify(newestProducts(products).map(columnsOf))])
}

/** Marks products as gone, also those that are not known (yet): what is said of them before stays without effect. */
export async function deleteProducts(
  tx: Tx,
  gone: readonly { shopId: ShopId; productId: string; at: Date }[],
): Promise<void> {
  if (gone.length === 0) return
  await tx.rows(
    `insert into product as p (shop_id, shopify_id, title, source_updated_at, deleted_at)
     select shop_id, product_id, '', 'epoch', min(at)
     from unnest($1::int[], $2::text[], $3::timestamptz[]) as t (shop_id, product_id, at)
     group by shop_id, product_id order by shop_id, product_id
     on conflict (shop_id, shopify_id) do update set deleted_at = least(p.deleted_at, excluded.deleted_at)`,
    [gone.map(({ shopId }) => shopId), gone.map(({ productId }) => productId), gone.map(({ at }) => at)],
  )
}

/** One state per product; what only some sources tell (the collections) is taken from the newest that does. */
function newestProducts(products: readonly ProductToSave[]): ProductToSave[] {
  const newest = new Map<string, ProductToSave>()
  for (const { shopId, product } of products) {
    const key = `${shopId} ${product.productId}`
    const known = newest.get(key)?.product
    if (known && known.updatedAt > product.updatedAt) continue
    const collectionIds = product.collectionIds ?? known?.collectionIds
    newest.set(key, { shopId, product: { ...product, ...(collectionIds && { collectionIds }) } })
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, product]) => product)
}

const columns = ['title', 'handle', 'image_url', 'product_type', 'vendor', 'tags', 'status']
const isNewest = 'excluded.source_updated_at >= p.source_updated_at'

const saveSql = `
  with told as materialized (
    select * from jsonb_to_recordset($1::jsonb) as t (
      shop_id int, product_id text, title text, handle text, image_url text, product_type text, vendor text,
      tags text[], collection_ids text[], status text, source_updated_at timestamptz, variants jsonb,
      variants_complete boolean)
  ),
  stored as (
    insert into product as p (shop_id, shopify_id, collection_ids, source_updated_at, ${columns})
    select shop_id, product_id, coalesce(collection_ids, '{}'), source_updated_at, ${columns} from told
    order by shop_id, product_id
    on conflict (shop_id, shopify_id) do update set
      collection_ids = case when ${isNewest} or p.collection_ids = '{}' then coalesce((select t.collection_ids from told t
        where t.shop_id = excluded.shop_id and t.product_id = excluded.shopify_id), p.collection_ids)
        else p.collection_ids end,
      ${newestColumns('p', columns)}
    returning shop_id, shopify_id, source_updated_at
  ),
  saved as (
    select s.* from stored s join told t on t.shop_id = s.shop_id and t.product_id = s.shopify_id
    where t.source_updated_at = s.source_updated_at
  ),
  variants as (
    select v.*, t.shop_id, t.product_id, t.source_updated_at
    from told t join saved s on s.shop_id = t.shop_id and s.shopify_id = t.product_id
    cross join jsonb_to_recordset(t.variants) as v (
      variant_id text, title text, sku text, price_minor bigint, compare_at_minor bigint, stock int)
  ),
  gone as (
    delete from variant v using told t, saved s
    where s.shop_id = t.shop_id and s.shopify_id = t.product_id and t.variants_complete
      and v.shop_id = t.shop_id and v.product_id = t.product_id
      and not exists (select from variants n where n.shop_id = v.shop_id and n.variant_id = v.shopify_id)
  )
  insert into variant (shop_id, shopify_id, product_id, title, sku, price_minor, compare_at_minor, stock,
    source_updated_at)
  select distinct on (shop_id, variant_id) shop_id, variant_id, product_id, title, sku, price_minor,
    compare_at_minor, stock, source_updated_at
  from variants order by shop_id, variant_id, source_updated_at desc
  on conflict (shop_id, shopify_id) do update set
    product_id = excluded.product_id, title = excluded.title, sku = excluded.sku, price_minor = excluded.price_minor,
    compare_at_minor = excluded.compare_at_minor, stock = excluded.stock,
    source_updated_at = excluded.source_updated_at`

function columnsOf({ shopId, product }: ProductToSave) {
  return {
    shop_id: shopId,
    product_id: product.productId,
    title: product.title,
    handle: product.handle,
    image_url: product.imageUrl,
    product_type: product.productType,
    vendor: product.vendor,
    tags: product.tags,
    collection_ids: product.collectionIds ?? null,
    status: product.status,
    source_updated_at: product.updatedAt,
    variants_complete: product.variantsComplete,
    variants: product.variants.map((variant) => ({
      variant_id: variant.variantId,
      title: variant.title,
      sku: variant.sku,
      price_minor: variant.priceMinor,
      compare_at_minor: variant.compareAtMinor,
      stock: variant.stock,
    })),
  }
}
