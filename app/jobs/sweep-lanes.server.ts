// Finds lanes whose next due time is much too late. That must never happen; it is counted, and mended all the same.
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { workDueSql } from './work-lane.server.ts'

/** The clocks of two machines differ: a lane that is due within this time on ours may be due on another's already. */
const clockMarginMs = 60_000

/** Recomputes the earliest due time of every lane that nobody holds. Returns how many had to be mended. */
export async function sweepLanes(db: Database, now: Date): Promise<number> {
  const mended = await withSystem(db, (tx) =>
    tx.rows(
      `update shop_lane l set next_due_at = due.at
       from (
         select w.shop_id, w.lane, case w.lane
           when 'work' then ${workDueSql('w.shop_id', '$1')}
           else coalesce((select min(m.due_at) from message m
             where m.shop_id = w.shop_id and m.state in ('queued', 'deferred', 'unknown')), 'infinity') end as at
         from shop_lane w
         where w.next_due_at > $2 and (w.lease_until is null or w.lease_until < clock_timestamp())
         for update of w skip locked
       ) due
       where due.shop_id = l.shop_id and due.lane = l.lane and due.at < l.next_due_at and due.at <= $1
       returning l.shop_id`,
      [now, new Date(now.getTime() + clockMarginMs)],
    ),
  )
  return mended.length
}
