// Carries out merges that were decided: moves every row of the one profile to the other, and logs it.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { profileTables } from './profile-tables.ts'

export interface ProfileMerge {
  shopId: ShopId
  from: ProfileId
  into: ProfileId
  reason: string
}

const merging = 'unnest($1::int[], $2::bigint[], $3::bigint[]) as m (shop_id, from_id, into_id)'

/**
 * Moves every row of `from` to `into`. The merged profile's own row stays as a signpost, emptied of the person. What was
 * known of the person must have been joined before (`mergedProfile`). Merges are rare: a statement per table is fine.
 */
export async function mergeProfiles(tx: Tx, merges: readonly ProfileMerge[], now: Date): Promise<void> {
  if (merges.length === 0) return
  const ids = [merges.map(({ shopId }) => shopId), merges.map(({ from }) => from), merges.map(({ into }) => into)]
  await endDoubledEnrolments(tx, ids, now)
  await moveTimers(tx, ids)
  for (const table of [...profileTables, 'enrolment'])
    await tx.rows(
      `update ${table} t set profile_id = m.into_id from ${merging}
       where t.shop_id = m.shop_id and t.profile_id = m.from_id`,
      ids,
    )
  await logMerges(tx, ids, merges, now)
  await emptyMerged(tx, ids)
}

/** A flow runs once per person and subject: of two running enrolments the survivor's goes on. */
async function endDoubledEnrolments(tx: Tx, ids: unknown[], now: Date) {
  await tx.rows(
    `update enrolment e set state = 'exited', end_reason = 'merged', ended_at = $4, waits_for = null,
       revision = e.revision + 1
     from ${merging}
     where e.shop_id = m.shop_id and e.profile_id = m.from_id and e.state = 'active'
       and exists (
         select from enrolment other
         where other.shop_id = e.shop_id and other.flow_id = e.flow_id and other.subject = e.subject
           and other.profile_id = m.into_id and other.state = 'active')`,
    [...ids, now],
  )
}

/** The later of two timers stays: it counts from the newer order. */
async function moveTimers(tx: Tx, ids: unknown[]) {
  await tx.rows(
    `with moved as (
       delete from absence_timer t using ${merging}
       where t.shop_id = m.shop_id and t.profile_id = m.from_id
       returning t.shop_id, t.flow_id, m.into_id, t.due_at
     )
     insert into absence_timer (shop_id, flow_id, profile_id, due_at)
     select shop_id, flow_id, into_id, max(due_at) from moved group by shop_id, flow_id, into_id
     on conflict (shop_id, flow_id, profile_id)
       do update set due_at = greatest(absence_timer.due_at, excluded.due_at)`,
    ids,
  )
}

async function logMerges(tx: Tx, ids: unknown[], merges: readonly ProfileMerge[], now: Date) {
  await tx.rows(
    `with earlier as (
       update profile_merge p set into_profile_id = m.into_id from ${merging}
       where p.shop_id = m.shop_id and p.into_profile_id = m.from_id
     )
     insert into profile_merge (shop_id, from_profile_id, into_profile_id, reason, merged_at)
     select shop_id, from_id, into_id, reason, $5
     from unnest($1::int[], $2::bigint[], $3::bigint[], $4::text[]) as n (shop_id, from_id, into_id, reason)`,
    [...ids, merges.map(({ reason }) => reason), now],
  )
}

async function emptyMerged(tx: Tx, ids: unknown[]) {
  await tx.rows(
    `update profile p set merged_into = m.into_id, shopify_customer_id = null, email = null, email_hash = null,
       phone = null, first_name = null, last_name = null, tags = '{}', attributes = '{}', consent = 'unknown',
       consent_level = null, consent_at = null, stated_at = '{}', tag_changes = '{}', order_count = 0,
       total_spent_minor = 0, first_order_at = null, last_order_at = null
     from ${merging} where p.shop_id = m.shop_id and p.id = m.from_id`,
    ids,
  )
}
