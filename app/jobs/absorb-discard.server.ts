// Deliveries about somebody who was erased leave no trace: their bodies hold what may not be kept any more.
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'

/** Removes `rows` from the inbox without archiving them. */
export async function discardDeliveries(tx: SystemTx, rows: readonly { shopId: ShopId; id: number }[]): Promise<void> {
  if (rows.length === 0) return
  await tx.rows(
    `delete from inbox i using unnest($1::int[], $2::bigint[]) as d (shop_id, id)
     where i.shop_id = d.shop_id and i.id = d.id`,
    [rows.map(({ shopId }) => shopId), rows.map(({ id }) => id)],
  )
}
