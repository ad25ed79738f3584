// When people will have been away for long enough: one timer per profile and flow, set anew by each order.
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { SystemTx, Tx } from '#app/platform/database.server.ts'
import type { Timer } from './react.ts'

/** A timer is only ever moved to later: an old order that arrives late does not shorten the wait. */
export async function armTimers(tx: SystemTx, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return
  await tx.rows(
    `insert into absence_timer (shop_id, flow_id, profile_id, due_at)
     select t.* from unnest($1::int[], $2::int[], $3::bigint[], $4::timestamptz[]) as t (shop_id, flow_id, profile_id, due_at)
     order by 1, 2, 3
     on conflict (shop_id, flow_id, profile_id) do update
       set due_at = greatest(absence_timer.due_at, excluded.due_at)`,
    [
      timers.map((timer) => timer.shopId),
      timers.map((timer) => timer.flowId),
      timers.map((timer) => timer.profileId),
      timers.map((timer) => timer.dueAt),
    ],
  )
}

/** Takes away the timers that are over. */
export async function clearTimers(tx: SystemTx, timers: readonly Timer[]): Promise<void> {
  if (timers.length === 0) return
  await tx.rows(
    `delete from absence_timer a using unnest($1::int[], $2::int[], $3::bigint[]) as t (shop_id, flow_id, profile_id)
     where a.shop_id = t.shop_id and a.flow_id = t.flow_id and a.profile_id = t.profile_id`,
    [timers.map((timer) => timer.shopId), timers.map((timer) => timer.flowId), timers.map((timer) => timer.profileId)],
  )
}

export interface KnownAbsence {
  shopId: ShopId
  flowId: FlowId
  days: number
}

/**
 * Sets the timers of everyone whose last standing order is known and whose moment lies after `now`: whoever is overdue
 * when a flow goes live is not written to by surprise. Returns the earliest moment.
 */
export async function armKnownAbsences(
  tx: Tx,
  { shopId, flowId, days }: KnownAbsence,
  now: Date,
): Promise<Date | null> {
  const [row] = await tx.rows<{ earliest: Date | null }>(
    `with last_order as (
       select o.profile_id, max(o.placed_at) as at from shop_order o
       join profile p on p.shop_id = o.shop_id and p.id = o.profile_id
       where o.shop_id = $1 and o.cancelled_at is null and o.deleted_at is null and p.erased_at is null
         and p.merged_into is null
       group by o.profile_id
     ),
     armed as (
       insert into absence_timer (shop_id, flow_id, profile_id, due_at)
       select $1, $2, profile_id, at + make_interval(days => $3) from last_order
       where at + make_interval(days => $3) > $4 order by profile_id
       on conflict (shop_id, flow_id, profile_id) do update set due_at = excluded.due_at
       returning due_at
     )
     select min(due_at) as earliest from armed`,
    [shopId, flowId, days, now],
  )
  return row?.earliest ?? null
}

export async function dropTimers(tx: Tx, shopId: ShopId, flowId: FlowId): Promise<void> {
  await tx.rows('delete from absence_timer where shop_id = $1 and flow_id = $2', [shopId, flowId])
}
