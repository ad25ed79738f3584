// The parts of a pass over the work lanes, each over the features that it composes.
import { setAsideInbox, takeInbox } from '#app/events/inbox.server.ts'
import type { ShopFact } from '#app/events/observation.ts'
import { advanceDue } from '#app/flows/advance-due.server.ts'
import { putOffNext } from '#app/flows/put-off-next.server.ts'
import { reactToEvents } from '#app/flows/react.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { type AbsorbDeps, absorb } from './absorb.server.ts'
import type { WorkDeps } from './work-lane.server.ts'

export type WorkParts = Pick<WorkDeps, 'workInbox' | 'workEnrolments' | 'setAsideOldest' | 'backOffNext'>

/** Acts on what the platform said of shops: they left, they changed, somebody is to be erased. */
export type ApplyShopFacts = (
  tx: SystemTx,
  facts: readonly { shopId: ShopId; fact: ShopFact }[],
  now: Date,
) => Promise<void>

export function createWorkParts(absorbing: AbsorbDeps, applyShopFacts: ApplyShopFacts): WorkParts {
  return {
    async workInbox(tx, shopIds, perShop, now) {
      const rows = await takeInbox(tx, shopIds, perShop)
      if (rows.length === 0) return 0
      const { events, shopFacts } = await absorb(tx, rows, now, absorbing)
      await reactToEvents(tx, events, now)
      if (shopFacts.length > 0) await applyShopFacts(tx, shopFacts, now)
      return rows.length
    },
    workEnrolments: advanceDue,
    setAsideOldest,
    backOffNext: putOffNext,
  }
}

async function setAsideOldest(tx: SystemTx, shopId: ShopId, error: string, now: Date) {
  const [oldest] = await takeInbox(tx, [shopId], 1)
  if (oldest) await setAsideInbox(tx, [{ shopId, id: oldest.id, error }], now)
}
