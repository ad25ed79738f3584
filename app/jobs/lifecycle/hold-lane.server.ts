// Lets a job change one shop's state, alone with it: it takes the shop's turn like a worker does.
import { randomUUID } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { lockHeldLanes, releaseLanes } from '#app/platform/lanes.server.ts'

const leaseMs = 5 * 60_000
const pauseMs = 50

/** Runs `work` in one transaction while no worker works for the shop; what it wrote counts only if that held. */
export async function withHeldLane<Result>(
  db: Database,
  shopId: ShopId,
  signal: AbortSignal,
  work: (tx: SystemTx) => Promise<Result>,
): Promise<Result> {
  const owner = randomUUID()
  while (!(await takeLease(db, shopId, owner))) await delay(pauseMs, undefined, { signal })
  try {
    return await withSystem(db, async (tx) => {
      const result = await work(tx)
      await lockHeldLanes(tx, 'work', owner, [shopId])
      return result
    })
  } finally {
    await releaseLanes(db, 'work', owner)
  }
}

async function takeLease(db: Database, shopId: ShopId, owner: string): Promise<boolean> {
  const sql = `
    update shop_lane set lease_owner = $2, lease_until = clock_timestamp() + $3 * interval '1 ms'
    where shop_id = $1 and lane = 'work' and (lease_until is null or lease_until < clock_timestamp())
    returning shop_id`
  const taken = await withSystem(db, (tx) => tx.rows(sql, [shopId, owner, leaseMs]))
  return taken.length > 0
}
