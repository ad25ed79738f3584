// Whether a checkout is still open: begun, and neither completed nor withdrawn. Its total has no history.
import { z } from 'zod'
import type { EventType } from '#app/events/vocabulary.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { type Sql, sql } from '#app/segments/sql.ts'
import { cartTokenOfSubject, checkoutTokenOfSubject } from '#app/segments/subject-tokens.ts'

const schema = z.strictObject({
  kind: z.literal('checkout-open'),
  /** The checkout (or the cart's checkout) that the question is about, or any of the person's. */
  which: z.enum(['subject', 'any']),
  minTotalMinor: z.int().min(0).default(0),
})
type CheckoutOpenLeaf = z.output<typeof schema>

const events: readonly EventType[] = ['checkout_started', 'checkout_updated', 'order_placed', 'cart_emptied']

export const checkoutOpen = defineCondition({
  schema,
  describe: ({ which, minTotalMinor }, money) => {
    const least = minTotalMinor > 0 ? ` of at least ${money(minTotalMinor)}` : ''
    return which === 'subject' ? `is still in this checkout${least}` : `has an open checkout${least}`
  },
  label: ({ which }) => (which === 'subject' ? 'this checkout open' : 'open checkouts'),
  lookup: (leaf) => sql`
    select count(*) > 0 as passes, to_jsonb(${leaf.which === 'subject' ? sql`count(*) > 0` : sql`count(*)`}) as seen
    from (${checkouts(leaf)}) c
    where c.created_at <= q.as_of and c.total_minor >= ${leaf.minTotalMinor}::bigint
      and (c.completed_at is null or c.completed_at > q.as_of) and (c.deleted_at is null or c.deleted_at > q.as_of)
      and not exists (${itsOrders} and o.placed_at <= q.as_of)`,
  changedBy: () => events,
  nextChange: (leaf) => sql`
    select min(m.at) as at from (${checkouts(leaf)}) c cross join lateral (
      select t.at from unnest(array[c.created_at, c.completed_at, c.deleted_at]) as t (at)
      union all (${itsOrders})
    ) m where m.at > q.as_of`,
  needs: ({ which }) => (which === 'subject' ? ['subject'] : []),
})

const columns = sql`c.token, c.created_at, c.completed_at, c.deleted_at, c.total_minor`

/** By its own token or by its cart's: each half has its index. */
function checkouts({ which }: CheckoutOpenLeaf): Sql {
  if (which === 'any')
    return sql`select ${columns} from checkout c where c.shop_id = q.shop_id and c.profile_id = q.profile_id`
  return sql`select ${columns} from checkout c where c.shop_id = q.shop_id and c.token = ${checkoutTokenOfSubject}
    union all
    select ${columns} from checkout c where c.shop_id = q.shop_id and c.cart_token = ${cartTokenOfSubject}`
}

/** The order can be known before Shopify says that its checkout is completed. */
const itsOrders = sql`select o.placed_at from shop_order o
  where o.shop_id = q.shop_id and o.profile_id = q.profile_id and o.checkout_token = c.token`
