// Keeps what a merchant draws. A draft may be saved only when it could be published.
import { z } from 'zod'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { readDefinition } from './definition.ts'
import type { Problem } from './step-problems.ts'

export type SavedDraft =
  | { ok: true; revision: number }
  | { ok: false; reason: 'problems'; problems: Problem[] }
  /** Somebody saved another draft meanwhile: theirs stands, nothing was overwritten. */
  | { ok: false; reason: 'stale'; revision: number }
  | { ok: false; reason: 'unknown' }

export interface DraftToSave {
  flowId: FlowId
  definition: unknown
  /** The draft that the change was made to. */
  revision: number
  name?: string
}

/** Replaces the flow's draft; what is live stays as it is. */
export async function saveDraft(
  tx: Tx,
  shopId: ShopId,
  { flowId, definition, revision, name }: DraftToSave,
  now: Date,
): Promise<SavedDraft> {
  const read = readDefinition(definition)
  if (!read.ok) return { ok: false, reason: 'problems', problems: read.problems }
  const [saved] = await tx.rows(
    `update flow set draft = $4, name = coalesce($5, name), draft_revision = draft_revision + 1, updated_at = $6
     where shop_id = $1 and id = $2 and draft_revision = $3 returning draft_revision`,
    [shopId, flowId, revision, JSON.stringify(read.definition), name ?? null, now],
  )
  if (saved) return { ok: true, revision: rowSchema.parse(saved).draft_revision }
  const [other] = await tx.rows('select draft_revision from flow where shop_id = $1 and id = $2', [shopId, flowId])
  return other
    ? { ok: false, reason: 'stale', revision: rowSchema.parse(other).draft_revision }
    : { ok: false, reason: 'unknown' }
}

const rowSchema = z.object({ draft_revision: z.int() })
