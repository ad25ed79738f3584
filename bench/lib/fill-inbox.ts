// Puts deliveries into the inboxes of many shops as the intake does, body by body.
import { randomUUID } from 'node:crypto'
import { acceptDeliveries, type Delivery } from '#app/events/inbox.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Said } from '#tests/builders/observations.ts'

const rowsPerInsert = 200

/** Keeps what each shop is told, in the order given; from `now` on it is due. */
export async function fillInbox(db: Database, told: readonly (Said & { shopId: ShopId })[], now: Date): Promise<void> {
  const deliveries = told.map(
    ({ shopId, source, topic, body, at }): Delivery => ({
      shopId,
      source,
      topic,
      deliveryId: randomUUID(),
      triggeredAt: at,
      body: Buffer.from(JSON.stringify(body)),
    }),
  )
  for (let start = 0; start < deliveries.length; start += rowsPerInsert)
    await acceptDeliveries(db, deliveries.slice(start, start + rowsPerInsert), now)
  await db.pool.query('vacuum analyze')
}
