// Lanes: one shop's turn at one kind of work. Whoever holds a lane's lease is alone with that shop's state.
//
// A lane is due from `next_due_at` on. Claiming gives its lease to one worker, the least recently served shops first.
// Settling ends the lease and computes the next due time in a statement of its own, after the lane's row is locked:
// in one statement the time would be read from a snapshot older than the lock, and a wake-up in between be lost.
// Whoever makes work for a lane moves `next_due_at` forward in the same transaction, unconditionally (under read
// committed, a row version that fails a `where` is not looked at again).
// Leases count in the database's real time, never in a sandbox's faster one.
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, type Tx, withSystem } from '#app/platform/database.server.ts'

export type Lane = 'work' | 'send'

/** The lease ended before the work was written back: another worker may have it, so nothing may be written. */
export class LeaseLostError extends Error {
  override name = 'LeaseLostError'
}

export interface LaneClaim {
  lane: Lane
  owner: string
  now: Date
  /** How many shops at most. */
  limit: number
  leaseMs: number
}

/** Takes the lease of up to `limit` due shops and returns them, in ascending order. */
export async function claimLanes(db: Database, claim: LaneClaim): Promise<ShopId[]> {
  const sql = `
    update shop_lane l set lease_owner = $2, lease_until = clock_timestamp() + $5 * interval '1 ms', last_served = $3
    from (
      select shop_id from shop_lane
      where lane = $1 and next_due_at <= $3 and (lease_until is null or lease_until < clock_timestamp())
      order by last_served limit $4 for update skip locked
    ) due
    where l.shop_id = due.shop_id and l.lane = $1
    returning l.shop_id as "shopId"`
  const { rows } = await db.pool.query<{ shopId: ShopId }>({
    name: 'claim_lanes',
    text: sql,
    values: [claim.lane, claim.owner, claim.now, claim.limit, claim.leaseMs],
  })
  return rows.map((row) => row.shopId).sort((a, b) => a - b)
}

/** Says that `lane` of these shops has work from `dueAt` on. Call it in the transaction that makes the work. */
export async function wakeLanes(tx: Tx, lane: Lane, wakes: readonly { shopId: ShopId; dueAt: Date }[]): Promise<void> {
  if (wakes.length === 0) return
  const earliest = new Map<ShopId, Date>()
  for (const { shopId, dueAt } of wakes) {
    const known = earliest.get(shopId)
    if (!known || dueAt < known) earliest.set(shopId, dueAt)
  }
  const shops = [...earliest.keys()].sort((a, b) => a - b)
  // The sub-select locks in ascending order, so that two of these never wait for each other.
  await tx.rows(
    `with wake as (select * from unnest($2::int[], $3::timestamptz[]) as w (shop_id, due_at)),
     locked as (
       select l.shop_id from shop_lane l where l.lane = $1 and l.shop_id = any($2::int[]) order by l.shop_id for update
     )
     update shop_lane l set next_due_at = least(l.next_due_at, wake.due_at)
     from wake, locked where locked.shop_id = wake.shop_id and l.shop_id = wake.shop_id and l.lane = $1`,
    [lane, shops, shops.map((shop) => earliest.get(shop))],
  )
}

/**
 * Locks the lanes and proves that `owner` still has their leases. Everything the next due times are computed from must
 * be read after this, in the same transaction.
 * @throws LeaseLostError when a lease is gone; the transaction must then be rolled back
 */
export async function lockHeldLanes(tx: SystemTx, lane: Lane, owner: string, shopIds: readonly ShopId[]) {
  const held = await tx.rows(
    `select shop_id from shop_lane
     where lane = $1 and lease_owner = $2 and shop_id = any($3::int[]) and lease_until >= clock_timestamp()
     order by shop_id for update`,
    [lane, owner, shopIds],
  )
  if (held.length !== shopIds.length)
    throw new LeaseLostError(`lost the lease of ${shopIds.length - held.length} shops`)
}

/** Ends leases without doing the work, for a worker that stops: the shops stay due. */
export async function releaseLanes(db: Database, lane: Lane, owner: string): Promise<void> {
  await withSystem(db, (tx) =>
    tx.rows('update shop_lane set lease_owner = null, lease_until = null where lane = $1 and lease_owner = $2', [
      lane,
      owner,
    ]),
  )
}
