// Where a flow's mails would have come close to those that other flows really sent.
import type { FlowId, ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

interface Sent {
  profileId: ProfileId
  at: Date
}

/** How many of `sent` had a mail of another flow to the same person within a day before or after, by flow. */
export async function overlapsWith(
  tx: Tx,
  { shopId, flowId }: { shopId: ShopId; flowId: FlowId },
  sent: readonly Sent[],
): Promise<{ flow: string; mails: number }[]> {
  if (sent.length === 0) return []
  return tx.rows<{ flow: string; mails: number }>(
    `select f.name as flow, count(distinct s.place)::int as mails
     from unnest($3::bigint[], $4::timestamptz[]) with ordinality as s (profile_id, at, place)
     join message m on m.shop_id = $1 and m.profile_id = s.profile_id and m.flow_id <> $2
       and m.handed_over_at between s.at - interval '1 day' and s.at + interval '1 day'
     join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
     where m.shop_id = $1 group by f.id, f.name order by mails desc, flow limit 20`,
    [shopId, flowId, sent.map((each) => each.profileId), sent.map((each) => each.at)],
  )
}
