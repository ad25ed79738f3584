// What could not be processed: shown on the health page, tried again when the merchant or we ask for it.
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'

export interface SetAside {
  id: number
  source: string
  topic: string
  receivedAt: Date
  setAsideAt: Date
  error: string
}

/** The shop's deliveries that were set aside, newest first. */
export function listSetAside(tx: Tx, shopId: ShopId, limit: number): Promise<SetAside[]> {
  return tx.rows<SetAside>(
    `select id, source, topic, received_at as "receivedAt", set_aside_at as "setAsideAt", coalesce(error, '') as error
     from inbox where shop_id = $1 and set_aside_at is not null order by set_aside_at desc, id desc limit $2`,
    [shopId, limit],
  )
}

/** Puts deliveries that were set aside back into the queue. Returns how many there were. */
export async function retrySetAside(tx: Tx, shopId: ShopId, ids: readonly number[], now: Date): Promise<number> {
  const retried = await tx.rows<{ id: number }>(
    `update inbox set set_aside_at = null, error = null
     where shop_id = $1 and id = any($2::bigint[]) and set_aside_at is not null returning id`,
    [shopId, ids],
  )
  if (retried.length > 0) await wakeLanes(tx, 'work', [{ shopId, dueAt: now }])
  return retried.length
}
