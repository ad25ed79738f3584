// What must hold in the database whatever happened to the workers.
import type { Database } from '#app/platform/database.server.ts'

/** What a worker would still have to do, or to find out, at `now`; all zero when it is idle. */
export async function unfinished(db: Database, now: Date): Promise<Record<string, number>> {
  return countsOf(
    db,
    `select (select count(*) from inbox where set_aside_at is null) as unread,
       (select count(*) from message where state in ('claimed', 'unknown')) as "inDoubt",
       (select count(*) from message where state in ('queued', 'deferred') and due_at <= $1) as "dueMessages",
       (select count(*) from enrolment where state = 'active' and wake_at <= $1) as "dueEnrolments",
       (select count(*) from absence_timer where due_at <= $1) as "dueTimers"`,
    [now],
  )
}

/** For how long the oldest piece of work has been due at `now`. */
export async function behindMs(db: Database, now: Date): Promise<number> {
  const { rows } = await db.pool.query<{ since: Date | null }>(
    `select least((select min(received_at) from inbox),
       (select min(due_at) from message where state in ('queued', 'deferred')),
       (select min(wake_at) from enrolment where state = 'active')) as since`,
  )
  return now.getTime() - (rows[0]?.since ?? now).getTime()
}

/** What must never be there; all zero. */
export function broken(db: Database): Promise<Record<string, number>> {
  const more = (sql: string) => `(select count(*) from (${sql} having count(*) > 1) twice)`
  return countsOf(
    db,
    `select (select count(*) from inbox where set_aside_at is not null) as "setAside",
       (select count(*) from message where state = 'failed') as "failedMessages",
       (select count(*) from enrolment where state = 'failed' or attempts > 0) as "failedEnrolments",
       (select count(*) from visit where verdict = 'failed') as "failedVisits",
       (select count(*) from shop_lane where lease_owner is not null) as "heldLanes",
       ${more('select from message group by shop_id, enrolment_id, step')} as "messagesTwice",
       ${more('select from visit group by shop_id, enrolment_id, step')} as "visitsTwice",
       ${more(`select from enrolment where subject <> 'profile' group by shop_id, flow_id, profile_id, subject`)}
         as "enrolmentsTwice",
       ${more(`select from event where type like 'order_p%' group by shop_id, type, subject`)} as "orderEventsTwice",
       ${more('select from inbox_archive group by shop_id, source, delivery_id')} as "deliveriesTwice"`,
    [],
  )
}

/** How many deliveries of each source were worked off. */
export async function workedOff(db: Database): Promise<Record<string, number>> {
  const { rows } = await db.pool.query('select source, count(*) as n from inbox_archive group by 1 order by 1')
  return Object.fromEntries(rows.map(({ source, n }) => [source, n]))
}

async function countsOf(db: Database, sql: string, values: unknown[]): Promise<Record<string, number>> {
  return (await db.pool.query<Record<string, number>>(sql, values)).rows[0]!
}
