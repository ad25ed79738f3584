// Asks the database of a replay when something is due next, and for whom.
import type { Database } from '#app/platform/database.server.ts'

export interface Due {
  work: Date | null
  send: Date | null
}

/** When the lanes of the only shop are due next. */
export async function readDue(db: Database): Promise<Due> {
  const { rows } = await db.pool.query<Due>({
    name: 'next_due',
    text: `select min(next_due_at) filter (where lane = 'work') as work, min(next_due_at) filter (where lane = 'send') as send
           from shop_lane where next_due_at < 'infinity'`,
  })
  return rows[0]!
}

/** Whom something is due for up to `until`, by Shopify's customer id, with its first moment. */
export async function customersDue(db: Database, until: Date): Promise<Map<string, Date>> {
  const { rows } = await db.pool.query<{ customerId: string; at: Date }>({
    name: 'customers_due',
    text: `select p.shopify_customer_id as "customerId", min(d.due_at) as at
           from (
             select e.shop_id, e.profile_id, e.wake_at as due_at from shop s
             join enrolment e on e.shop_id = s.id and e.state = 'active' and e.wake_at <= $1
             union all
             select t.shop_id, t.profile_id, t.due_at from shop s
             join absence_timer t on t.shop_id = s.id and t.due_at <= $1
             union all
             select m.shop_id, m.profile_id, m.due_at from shop s
             join message m on m.shop_id = s.id and m.state in ('queued', 'deferred') and m.due_at <= $1
           ) d
           join profile p on p.shop_id = d.shop_id and p.id = d.profile_id
           where p.shopify_customer_id is not null group by 1`,
    values: [until],
  })
  return new Map(rows.map(({ customerId, at }) => [customerId, at]))
}
