// Turns a flow on or off, whatever state it is in: the list does it to many, a flow's own page to one.
import { pauseFlow, resumeFlow } from '#app/flows/pause-flow.server.ts'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import type { FlowId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'

/** A flow that was never live is published as it is drawn. Returns false when nothing was changed. */
export async function turnFlow(tx: ShopTx, id: FlowId, isOn: boolean, now: Date): Promise<boolean> {
  if (!isOn) return pauseFlow(tx, tx.shopId, id, now)
  if (await resumeFlow(tx, tx.shopId, id, now)) return true
  const [flow] = await tx.rows<{ state: string }>('select state from flow where shop_id = $1 and id = $2', [
    tx.shopId,
    id,
  ])
  return flow?.state === 'draft' && (await publishFlow(tx, tx.shopId, id, 'keep', now)).ok
}
