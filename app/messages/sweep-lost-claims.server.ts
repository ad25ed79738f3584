// Finds messages whose worker died between the claim and the answer: SendGrid may have them or not.
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import { evidenceMs } from './retry.ts'

/** Makes claims whose lease is over `unknown`, to be found out about later. Returns how many there were. */
export function sweepLostClaims(db: Database, now: Date): Promise<number> {
  const dueAt = new Date(now.getTime() + evidenceMs)
  return withSystem(db, async (tx) => {
    const lost = await tx.rows<{ shopId: ShopId }>(
      `update message m set state = 'unknown', reason = 'worker_lost', due_at = $1, lease_until = null
       from (
         select shop_id, id from message where state = 'claimed' and lease_until < clock_timestamp()
         order by shop_id, id limit 1000 for no key update skip locked
       ) lost
       where m.shop_id = lost.shop_id and m.id = lost.id
       returning m.shop_id as "shopId"`,
      [dueAt],
    )
    await wakeLanes(
      tx,
      'send',
      lost.map(({ shopId }) => ({ shopId, dueAt })),
    )
    return lost.length
  })
}
