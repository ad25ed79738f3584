// Gives what happened in a cart to the person whom the cart turned out to belong to.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface TiedSubject {
  subject: string
  profileId: ProfileId
  /** When the cart or checkout began (as text where it comes out of JSON): none of its events is older. */
  since: Date | string
}

/** Ties the events of these subjects that have no profile yet. */
export async function tieEvents(tx: Tx, tied: readonly (TiedSubject & { shopId: ShopId })[]): Promise<void> {
  if (tied.length === 0) return
  await tx.rows(
    `update event e set profile_id = t.profile_id
     from unnest($1::int[], $2::text[], $3::bigint[], $4::timestamptz[]) as t (shop_id, subject, profile_id, since)
     where e.shop_id = t.shop_id and e.subject = t.subject and e.profile_id is null and e.occurred_at >= t.since`,
    [
      tied.map(({ shopId }) => shopId),
      tied.map(({ subject }) => subject),
      tied.map(({ profileId }) => profileId),
      tied.map(({ since }) => since),
    ],
  )
}
