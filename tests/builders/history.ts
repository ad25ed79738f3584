// A shop's recent past in bulk: people, mails, clicks and orders, spread over the last sixty days.
import type { ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'

export interface History {
  profiles: number
  mails: number
  clicks: number
  orders: number
}

/** Adds to what the shop has; its flows are taken in turn. Made by the database, so that millions take seconds. */
export async function fillHistory(db: Database, shopId: ShopId, now: Date, history: History): Promise<void> {
  const { profiles, mails, clicks, orders } = history
  const run = (sql: string, ...values: unknown[]) => db.pool.query(sql, [shopId, now, ...values])
  await run(
    `insert into profile (shop_id, email, consent, created_at)
     select $1, 'person-' || n || '@history.example', 'subscribed', $2::timestamptz - interval '90 days'
     from generate_series(1, $3::int) n`,
    profiles,
  )
  await db.pool.query(`update flow set state = 'live' where shop_id = $1`, [shopId])
  await run(
    `with template as (
       insert into message_template (shop_id, id, source, compiled, proved_at)
       values ($1, gen_random_uuid(), '{}', '{}', $2) returning id),
     flows as (select array_agg(id order by id) as ids from flow where shop_id = $1),
     people as (select array_agg(id) as ids from profile where shop_id = $1)
     insert into message (shop_id, id, profile_id, flow_id, flow_version, step, template_id, channel, class, subject_ref, state, created_at,
       first_due_at, attempts, handed_over_at, delivered_at, subject_line)
     select $1, gen_random_uuid(), people.ids[1 + n % cardinality(people.ids)], flows.ids[1 + n % cardinality(flows.ids)], 1, 'mail',
       template.id, 'email', 'marketing', 'profile', 'delivered', at, at, 1, at, at, 'Something for you'
     from generate_series(1, $3::int) n cross join template cross join flows cross join people
     cross join lateral (select $2::timestamptz - interval '60 days' * ((n * 7919) % $3::int) / $3::int as at) as moment`,
    mails,
  )
  await run(
    `with clicked as (
       update message m set clicked_at = m.delivered_at + interval '1 hour'
       where shop_id = $1 and id in (select id from message where shop_id = $1 and clicked_at is null order by id limit $3)
         and delivered_at < $2::timestamptz - interval '1 hour'
       returning m.id, m.profile_id, m.clicked_at)
     insert into event (shop_id, profile_id, type, subject, occurred_at, received_at, props)
     select $1, profile_id, 'message_clicked', 'message:' || id, clicked_at, clicked_at, '{}' from clicked`,
    clicks,
  )
  await run(
    `insert into shop_order (shop_id, shopify_id, profile_id, name, currency, total_minor, placed_at, source_updated_at)
     select $1, 'gid://shopify/Order/h' || n, e.profile_id, '#H' || n, s.currency, 2000 + n % 5000,
       e.occurred_at + interval '2 hours', e.occurred_at
     from (select profile_id, occurred_at, row_number() over (order by id) as n from event
           where shop_id = $1 and type = 'message_clicked' and occurred_at < $2::timestamptz - interval '2 hours' limit $3) e
     join shop s on s.id = $1`,
    orders,
  )
}
