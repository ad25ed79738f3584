// Keeps what a merchant draws. A draft may be saved only when it could be published.
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { readDefinition } from './definition.ts'
import type { Problem } from './step-problems.ts'

export type SavedDraft = { ok: true } | { ok: false; problems: Problem[] }

/** Replaces the flow's draft; what is live stays as it is. */
export async function saveDraft(
  tx: Tx,
  shopId: ShopId,
  { flowId, definition }: { flowId: FlowId; definition: unknown },
  now: Date,
): Promise<SavedDraft> {
  const read = readDefinition(definition)
  if (!read.ok) return read
  const saved = await tx.rows(
    `update flow set draft = $3, updated_at = $4 where shop_id = $1 and id = $2 returning id`,
    [shopId, flowId, JSON.stringify(read.definition), now],
  )
  if (saved.length > 0) return { ok: true }
  return { ok: false, problems: [{ step: null, field: '', message: 'this flow does not exist' }] }
}
