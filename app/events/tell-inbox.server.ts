// Puts something that Tern itself has to tell into the inbox, in the transaction that made it true.
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import { compressBody } from './inbox.server.ts'
import type { TernTopic } from './sources/tern/topics.ts'

export interface News {
  shopId: ShopId
  topic: TernTopic
  /** Told once only; the caller sees to that. */
  deliveryId: string
  payload: Record<string, string>
}

/** Keeps `news` for the shop's next turn, which is due at once. */
export async function tellInbox(tx: Tx, { shopId, topic, deliveryId, payload }: News, now: Date): Promise<void> {
  await tx.rows(
    `insert into inbox (shop_id, source, topic, delivery_id, triggered_at, received_at, body)
     values ($1, 'tern', $2, $3, $4, $4, $5)`,
    [shopId, topic, deliveryId, now, compressBody(Buffer.from(JSON.stringify(payload)))],
  )
  await wakeLanes(tx, 'work', [{ shopId, dueAt: now }])
}
