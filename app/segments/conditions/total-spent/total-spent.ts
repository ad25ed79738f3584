// What the person has spent on orders that still stand, less refunds, in the shop's currency.
import { z } from 'zod'
import type { EventType } from '#app/events/vocabulary.ts'
import { defineCondition } from '#app/segments/condition-kind.ts'
import { sql } from '#app/segments/sql.ts'
import { nextOrderChange, orderEvents, standingOrders } from '#app/segments/standing-orders.ts'
import { ever, windowNeeds, windowSchema, windowWords } from '#app/segments/window.ts'

const schema = z.strictObject({
  kind: z.literal('total-spent'),
  is: z.enum(['at-least', 'at-most']),
  /** In the smallest unit of the shop's currency. */
  amountMinor: z.int().min(0),
  /** Of the orders' dates: a refund always belongs to its order. */
  window: windowSchema.default(ever),
})

const events: readonly EventType[] = [...orderEvents, 'order_refunded']

export const totalSpent = defineCondition({
  schema,
  describe: ({ is, amountMinor, window }, money) =>
    `has spent ${is.replace('-', ' ')} ${money(amountMinor)} ${windowWords(window)}`.trim(),
  label: ({ window }) => `minor units spent ${windowWords(window)}`.trim(),
  lookup: ({ is, amountMinor, window }) => sql`
    select case when ${is}::text = 'at-least' then s.spent >= ${amountMinor}::bigint else s.spent <= ${amountMinor}::bigint end
      as passes, to_jsonb(s.spent) as seen
    from (
      select coalesce(sum(o.total_minor - coalesce((
        select sum(r.amount_minor) from refund r
        where r.shop_id = o.shop_id and r.order_id = o.shopify_id and r.refunded_at <= q.as_of
      ), 0)), 0)::bigint as spent
      ${standingOrders(window)} and o.currency = (select s.currency from shop s where s.id = q.shop_id)
    ) s`,
  changedBy: () => events,
  nextChange: ({ window }) => sql`
    select least((${nextOrderChange(window)}), (
      select min(r.refunded_at) from shop_order o join refund r on r.shop_id = o.shop_id and r.order_id = o.shopify_id
      where o.shop_id = q.shop_id and o.profile_id = q.profile_id and r.refunded_at > q.as_of
    )) as at`,
  needs: ({ window }) => windowNeeds(window),
})
