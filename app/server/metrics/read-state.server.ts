// One cheap look at all that waits: by indexes and estimates, never by reading a large table.
import { type Database, withSystem } from '#app/platform/database.server.ts'

export interface State {
  lanes: { lane: string; due: number; overdueSeconds: number }[]
  inboxRows: number
  setAside: number
  jobsWaiting: number
  jobsDead: number
  privacyWaiting: number
  shops: number
}

/** Lanes and requests are dated by Tern's clock, jobs by the database's. */
export async function readState(db: Database, now: Date): Promise<State> {
  return withSystem(db, async (tx) => {
    const lanes = await tx.rows<State['lanes'][number]>(
      `select l.lane, coalesce(d.due, 0)::int as due, coalesce(d.overdue, 0)::float8 as "overdueSeconds"
       from (values ('work'), ('send')) as l (lane)
       left join lateral (
         select count(shop_id) as due, extract(epoch from $1::timestamptz - min(next_due_at)) as overdue
         from shop_lane where lane = l.lane and next_due_at <= $1
       ) d on true`,
      [now],
    )
    const [state] = await tx.rows<Omit<State, 'lanes'>>(
      `select greatest((select reltuples from pg_class where oid = 'inbox'::regclass), 0)::float8 as "inboxRows",
         (select count(*) from inbox where set_aside_at is not null)::int as "setAside",
         (select coalesce(extract(epoch from clock_timestamp() - min(start_after)), 0)::float8 from pgboss.job
          where state in ('created', 'retry') and start_after <= clock_timestamp() and name not like 'dead-%')
           as "jobsWaiting",
         (select count(*) from pgboss.job where name = 'dead-jobs' and state = 'created')::int as "jobsDead",
         (select coalesce(extract(epoch from $1::timestamptz - min(requested_at)), 0)::float8 from data_request
          where completed_at is null) as "privacyWaiting",
         (select count(*) from shop where uninstalled_at is null)::int as shops`,
      [now],
    )
    return { lanes, ...state! }
  })
}
