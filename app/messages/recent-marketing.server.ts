// When people last got marketing mail, for shops that limit how often.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Candidate } from './candidates.server.ts'

export const personKey = (shopId: ShopId, profileId: ProfileId) => `${shopId}/${profileId}`

/** The times of each person's marketing mails within their shop's cap window, ascending, by `shopId/profileId`. */
export async function recentMarketing(tx: SystemTx, candidates: readonly Candidate[], now: Date) {
  const times = new Map<string, Date[]>()
  const capped = candidates.filter(
    (candidate) => candidate.shop.settings.frequencyCap && candidate.class === 'marketing',
  )
  if (capped.length === 0) return times
  const since = capped.map(
    (candidate) => new Date(now.getTime() - candidate.shop.settings.frequencyCap!.hours * 3_600_000),
  )
  const rows = await tx.rows<{ shopId: ShopId; profileId: ProfileId; at: Date }>(
    `select distinct m.shop_id as "shopId", m.profile_id as "profileId", m.id, m.claimed_at as at
     from unnest($1::int[], $2::bigint[], $3::timestamptz[]) as q (shop_id, profile_id, since)
     join message m on m.shop_id = q.shop_id and m.profile_id = q.profile_id and m.claimed_at > q.since
     where m.class = 'marketing' and m.state in ('claimed', 'unknown', 'handed_over', 'delivered')
     order by at`,
    [capped.map((candidate) => candidate.shopId), capped.map((candidate) => candidate.profileId), since],
  )
  for (const row of rows) {
    const key = personKey(row.shopId, row.profileId)
    times.set(key, [...(times.get(key) ?? []), row.at])
  }
  return times
}
