// Tern's own state in a few numbers: the last webhook, how far behind the orders are, what waits and what was set aside.
import type { ShopTx } from '#app/platform/database.server.ts'

export interface HealthLine {
  lastDeliveryAt: Date | null
  /** When the oldest order webhook that nobody has worked off arrived. */
  oldestOrderAt: Date | null
  waitingMails: number
  setAside: number
}

export async function readHealthLine(tx: ShopTx): Promise<HealthLine> {
  const [row] = await tx.rows<HealthLine>(
    `select greatest(
         (select received_at from inbox where shop_id = $1 order by id desc limit 1),
         (select received_at from inbox_archive where shop_id = $1 order by id desc limit 1)) as "lastDeliveryAt",
       (select min(received_at) from inbox
        where shop_id = $1 and set_aside_at is null and topic like 'orders/%') as "oldestOrderAt",
       (select count(*) from message where shop_id = $1 and state in ('queued', 'deferred')) as "waitingMails",
       (select count(*) from inbox where shop_id = $1 and set_aside_at is not null) as "setAside"`,
    [tx.shopId],
  )
  return row!
}
