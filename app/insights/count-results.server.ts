// Counts a shop's results from what happened: mails by their delivery, orders by the last click before them.
import type { ShopTx } from '#app/platform/database.server.ts'
import { type DayCount, scannerSeconds } from './results.ts'

export interface Counting {
  now: Date
  /** How many days back. */
  days: number
  currency: string
  /** An order counts when it was placed within so many days of a click. */
  attributionDays: number
}

/** Mails by the day of their delivery; what readers did counts for that day, so that shares are of those mails. */
export function countMails(tx: ShopTx, { now, days }: Counting): Promise<DayCount[]> {
  return tx.rows<DayCount & { delivered: number }>(
    `select floor(extract(epoch from $2::timestamptz - delivered_at) / 86400)::int as "daysAgo", flow_id as "flowId",
       count(*) as delivered,
       count(*) filter (where clicked_at >= delivered_at + $4::int * interval '1 second') as clicked,
       count(*) filter (where unsubscribed_at is not null) as unsubscribed,
       count(*) filter (where complained_at is not null) as complained
     from message
     where shop_id = $1 and delivered_at > $2::timestamptz - $3::int * interval '1 day' and delivered_at <= $2
     group by 1, 2`,
    [tx.shopId, now, days, scannerSeconds],
  )
}

/**
 * Orders, by the day on which they were placed, that followed a person's click: the last click before the order has it,
 * within `attributionDays`. Test orders, cancelled and deleted ones count for nothing; what was refunded is taken off.
 * Orders in another currency than the shop's count, but add no revenue.
 */
export function countOrders(tx: ShopTx, { now, days, currency, attributionDays }: Counting): Promise<DayCount[]> {
  return tx.rows<DayCount & { orders: number }>(
    `with click as materialized (
       select e.profile_id, e.occurred_at, m.id, m.flow_id
       from event e join message m on m.shop_id = $1 and m.id = substr(e.subject, 9)::uuid
       where e.shop_id = $1 and e.type = 'message_clicked' and e.profile_id is not null
         and e.occurred_at > $2::timestamptz - ($3::int + $5::int) * interval '1 day' and e.occurred_at <= $2
         and (m.delivered_at is null or e.occurred_at >= m.delivered_at + $6::int * interval '1 second')
     ),
     credited as (
       select distinct on (o.shopify_id) o.placed_at, o.currency, o.total_minor - o.refunded_minor as net_minor, c.flow_id
       from shop_order o join click c on c.profile_id = o.profile_id and c.occurred_at <= o.placed_at
         and c.occurred_at > o.placed_at - $5::int * interval '1 day'
       where o.shop_id = $1 and o.placed_at > $2::timestamptz - $3::int * interval '1 day' and o.placed_at <= $2
         and o.cancelled_at is null and o.deleted_at is null and not o.is_test
       order by o.shopify_id, c.occurred_at desc, c.id
     )
     select floor(extract(epoch from $2::timestamptz - placed_at) / 86400)::int as "daysAgo", flow_id as "flowId", count(*) as orders,
       coalesce(sum(net_minor) filter (where currency = $4), 0)::bigint as "revenueMinor"
     from credited group by 1, 2`,
    [tx.shopId, now, days, currency, attributionDays, scannerSeconds],
  )
}
