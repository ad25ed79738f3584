// Feeds what the Admin API told through the inbox, where webhooks go too: one path, one order, one state.
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import { acceptDeliveries, type Delivery } from '#app/events/inbox.server.ts'
import type { SyncResource } from '#app/jobs/catalogue.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withShop } from '#app/platform/database.server.ts'

export interface NodeDelivery {
  shopId: ShopId
  resource: SyncResource
  /** True for the time before the shop installed Tern: kept, but no flow reacts to it. */
  isHistoric: boolean
  /** The day under which repetitions are recognised. Default: the node's own change. */
  triggeredAt?: Date
}

const topics = { customers: 'customer', products: 'product', orders: 'order' } as const satisfies Record<
  SyncResource,
  string
>

const versioned = z.looseObject({ id: z.string(), updatedAt: z.string() })

/** Puts `nodes` into the inbox; a version of a record that is there already is left out. */
export async function deliverNodes(
  db: Database,
  { shopId, resource, isHistoric, triggeredAt }: NodeDelivery,
  nodes: readonly object[],
  now: Date,
): Promise<void> {
  const deliveries = nodes.map((node): Delivery => {
    const { id, updatedAt } = versioned.parse(node)
    return {
      shopId,
      source: 'sync',
      topic: topics[resource],
      deliveryId: `${id}@${updatedAt}`,
      triggeredAt: triggeredAt ?? new Date(updatedAt),
      body: Buffer.from(JSON.stringify({ historic: isHistoric, node })),
    }
  })
  await acceptDeliveries(db, deliveries, now)
}

/** Waits until the shop has fewer than `mostPending` deliveries to work off: the past must not crowd out the present. */
export async function waitForRoom(db: Database, shopId: ShopId, mostPending: number, signal: AbortSignal) {
  while ((await countPending(db, shopId, mostPending)) >= mostPending) await delay(pauseMs, undefined, { signal })
}

const pauseMs = 500

/** The shop's pending deliveries, counted no further than `atMost`. */
async function countPending(db: Database, shopId: ShopId, atMost: number): Promise<number> {
  const sql = `select count(*) from (
    select 1 from inbox where shop_id = $1 and set_aside_at is null limit $2
  ) pending`
  const [row] = await withShop(db, shopId, (tx) => tx.rows<{ count: number }>(sql, [shopId, atMost]))
  return row!.count
}
