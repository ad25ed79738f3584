// The work lane: takes due shops, works one bounded batch of each in one transaction, and says when they are due next.
import { randomUUID } from 'node:crypto'
import { nextFlowWakeSql } from '#app/flows/next-wake.server.ts'
import { errorInWords } from '#app/lib/discreet.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { claimLanes, LeaseLostError, lockHeldLanes, releaseLanes } from '#app/platform/lanes.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { isTemporary } from '#app/platform/temporary-errors.server.ts'

/** The parts of a pass, in their order. Each works at most `perShop` items of each shop and returns how many. */
export interface WorkDeps {
  db: Database
  clock: Clock
  log: Log
  /** In real time; longer than a pass takes. */
  leaseMs: number
  /** Inbox rows → state and events → exits, wake-ups, enrolments. */
  workInbox(tx: SystemTx, shopIds: readonly ShopId[], perShop: number, now: Date): Promise<number>
  /** Enrolments and absence timers that are due → steps, messages. */
  workEnrolments(tx: SystemTx, shopIds: readonly ShopId[], perShop: number, now: Date): Promise<number>
  /** Sets aside the shop's oldest inbox row, which cannot be worked off. */
  setAsideOldest(tx: SystemTx, shopId: ShopId, error: string, now: Date): Promise<void>
  /** Puts off the shop's next due enrolment, whose step cannot be taken. */
  backOffNext(tx: SystemTx, shopId: ShopId, error: string, now: Date): Promise<void>
}

const shopsPerPass = 64

/**
 * Works what is due, at most about `limit` items, and returns how many. What fails is narrowed down to one shop and
 * one item, which is set aside or put off; everybody else's work goes on.
 */
export async function workDue(deps: WorkDeps, limit = 400): Promise<number> {
  const now = deps.clock.now()
  const owner = randomUUID()
  const claim = { lane: 'work', owner, now, limit: Math.min(shopsPerPass, limit), leaseMs: deps.leaseMs } as const
  const shopIds = await claimLanes(deps.db, claim)
  if (shopIds.length === 0) return 0
  const perShop = Math.max(1, Math.floor(limit / shopIds.length))
  return workShops({ deps, owner, now }, shopIds, perShop)
}

interface Pass {
  deps: WorkDeps
  owner: string
  now: Date
}

async function workShops(pass: Pass, shopIds: readonly ShopId[], perShop: number): Promise<number> {
  try {
    return await withSystem(pass.deps.db, (tx) => workBatch(pass, tx, shopIds, perShop))
  } catch (error) {
    if (error instanceof LeaseLostError) {
      pass.deps.log.warn({ shops: shopIds.length }, 'work.lease_lost')
      return 0
    }
    if (isTemporary(error)) {
      // Should this fail too, the leases end by themselves.
      await releaseLanes(pass.deps.db, 'work', pass.owner).catch(() => {})
      throw error
    }
    return narrowDown(pass, shopIds, perShop, error)
  }
}

async function workBatch({ deps, owner, now }: Pass, tx: SystemTx, shopIds: readonly ShopId[], perShop: number) {
  const absorbed = await deps.workInbox(tx, shopIds, perShop, now)
  const advanced = await deps.workEnrolments(tx, shopIds, perShop, now)
  await settleWorkLanes(tx, owner, shopIds, now)
  // A lane that was woken for nothing has still been served.
  return Math.max(absorbed + advanced, 1)
}

async function narrowDown(pass: Pass, shopIds: readonly ShopId[], perShop: number, error: unknown): Promise<number> {
  if (shopIds.length > 1) {
    const middle = Math.ceil(shopIds.length / 2)
    const first = await workShops(pass, shopIds.slice(0, middle), perShop)
    return first + (await workShops(pass, shopIds.slice(middle), perShop))
  }
  if (perShop > 1) return workShops(pass, shopIds, 1)
  await setCulpritAside(pass, shopIds[0]!, error)
  return 1
}

/** One shop, one item of each kind, and it fails: tries the halves of the pass apart to find which item it is. */
async function setCulpritAside({ deps, owner, now }: Pass, shopId: ShopId, error: unknown) {
  const message = errorInWords(error)
  deps.log.error({ shopId, error: message }, 'work.set_aside')
  const inboxFails = await fails(deps.db, (tx) => deps.workInbox(tx, [shopId], 1, now))
  await withSystem(deps.db, async (tx) => {
    if (inboxFails) await deps.setAsideOldest(tx, shopId, message, now)
    else await deps.backOffNext(tx, shopId, message, now)
    await settleWorkLanes(tx, owner, [shopId], now)
  })
}

/** Whether `work` throws, tried in a transaction that is rolled back either way. */
async function fails(db: Database, work: (tx: SystemTx) => Promise<unknown>): Promise<boolean> {
  const rollBack = new Error('tried only')
  return withSystem(db, async (tx) => {
    await work(tx)
    throw rollBack
  }).then(
    () => false,
    (error) => error !== rollBack,
  )
}

/**
 * Ends the leases and sets each lane's next due time. Two statements that travel together: the times must be read after
 * the lanes are locked, and what the second one wrote is rolled back when the first finds a lease gone.
 */
async function settleWorkLanes(tx: SystemTx, owner: string, shopIds: readonly ShopId[], now: Date) {
  const held = lockHeldLanes(tx, 'work', owner, shopIds)
  const settled = tx.rows(
    `update shop_lane l set lease_owner = null, lease_until = null, next_due_at = ${workDueSql('l.shop_id', '$2')}
     where l.lane = 'work' and l.shop_id = any($1::int[])`,
    [shopIds, now],
  )
  await Promise.all([held, settled])
}

/** When a shop's work lane is due next, as SQL: at once for inbox rows, else at its flows' next wake. */
export const workDueSql = (shopId: string, now: string) => `least(
  case when exists (select 1 from inbox i where i.shop_id = ${shopId} and i.set_aside_at is null) then ${now}::timestamptz end,
  ${nextFlowWakeSql(shopId)}, 'infinity')`
