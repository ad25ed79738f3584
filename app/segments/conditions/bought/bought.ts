// Whether the person bought certain things: how many standing orders have at least one of them. A refund does not undo
// it: the order does not say why the money went back.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { atLeastOnce, countPasses, countSchema, happened } from '#app/segments/count.ts'
import { type Sql, sql, verbatim } from '#app/segments/sql.ts'
import { nextOrderChange, orderEvents, standingOrders } from '#app/segments/standing-orders.ts'
import { ever, windowNeeds, windowSchema, windowWords } from '#app/segments/window.ts'

const schema = z.strictObject({
  kind: z.literal('bought'),
  by: z.enum(['product', 'variant', 'collection', 'product-type', 'product-tag']),
  /** One of these is enough: Shopify ids for products, variants and collections, else the words themselves. */
  oneOf: z.array(z.string().min(1).max(255)).min(1).max(500),
  count: countSchema.default(atLeastOnce),
  window: windowSchema.default(ever),
})
type BoughtLeaf = z.output<typeof schema>

const nouns = {
  product: 'product',
  variant: 'variant',
  collection: 'a product of collection',
  'product-type': 'a product of type',
  'product-tag': 'a product tagged',
} satisfies Record<BoughtLeaf['by'], string>

export const bought = defineCondition({
  schema,
  describe: (leaf) => happened(`bought ${things(leaf)}`, leaf.count, windowWords(leaf.window)),
  label: (leaf) => `orders with ${things(leaf)} ${windowWords(leaf.window)}`.trim(),
  lookup: (leaf) => sql`
    select ${countPasses(leaf.count, verbatim('count(*)'))} as passes, to_jsonb(count(*)) as seen
    ${standingOrders(leaf.window)} and exists (
      select from order_line l ${productOf(leaf.by)}
      where l.shop_id = o.shop_id and l.order_id = o.shopify_id and ${isOneOf(leaf)}
    )`,
  changedBy: () => orderEvents,
  nextChange: ({ window }) => nextOrderChange(window),
  needs: ({ window }) => windowNeeds(window),
})

function productOf(by: BoughtLeaf['by']): Sql {
  if (by === 'product' || by === 'variant') return sql``
  return sql`join product p on p.shop_id = l.shop_id and p.shopify_id = l.product_id`
}

function isOneOf({ by, oneOf }: BoughtLeaf): Sql {
  switch (by) {
    case 'product':
      return sql`l.product_id = any(${oneOf}::text[])`
    case 'variant':
      return sql`l.variant_id = any(${oneOf}::text[])`
    case 'collection':
      return sql`p.collection_ids && ${oneOf}::text[]`
    case 'product-type':
      return sql`lower(p.product_type) = any(${oneOf.map((type) => type.toLowerCase())}::text[])`
    case 'product-tag':
      return sql`exists (select from unnest(p.tags) tag
        where lower(tag) = any(${oneOf.map((tag) => tag.toLowerCase())}::text[]))`
    default:
      return assertNever(by)
  }
}

/** The first few by name: an explanation is no catalogue. */
function things({ by, oneOf }: BoughtLeaf): string {
  const shown = oneOf.slice(0, 3).join(' or ')
  return `${nouns[by]} ${oneOf.length > 3 ? `${shown} or ${oneOf.length - 3} others` : shown}`
}
