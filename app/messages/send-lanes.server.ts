// A shop's turn at sending. Unlike the work lane it needs no lease: its row stays locked while messages are claimed,
// which takes milliseconds; the calls to SendGrid come after.
import type { ShopId } from '#app/lib/ids.ts'
import type { Database, SystemTx } from '#app/platform/database.server.ts'

/** Whether any shop has something to send. Locks nothing, so that an idle worker costs one cheap statement. */
export async function isAnySendLaneDue(db: Database, now: Date): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'is_any_send_lane_due',
    text: `select l.shop_id from shop_lane l where l.lane = 'send' and l.next_due_at <= $1 limit 1`,
    values: [now],
  })
  return rowCount === 1
}

/**
 * Locks the send lanes of up to `limit` due shops, the least recently served first, and returns the shops. Messages are
 * to be read in a later statement: what was queued before the lock was given must be seen.
 */
export async function lockDueSendLanes(tx: SystemTx, limit: number, now: Date): Promise<ShopId[]> {
  const lanes = await tx.rows<{ shopId: ShopId }>(
    `select l.shop_id as "shopId" from shop_lane l where l.lane = 'send' and l.next_due_at <= $1
     order by l.last_served limit $2 for update skip locked`,
    [now, limit],
  )
  return lanes.map(({ shopId }) => shopId)
}
