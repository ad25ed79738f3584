// Published versions, read once and kept: they never change, so what was read is right for ever.
import { z } from 'zod'
import { type FlowId, flowId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { readDefinition } from './definition.ts'
import { type FlowVersion, templatesOf, toFlowVersion } from './flow-version.ts'

export interface VersionRef {
  shopId: ShopId
  flowId: FlowId
  version: number
}

export const versionKey = ({ shopId, flowId, version }: VersionRef) => `${shopId}/${flowId}/${version}`

/** Null: it does not exist, or this program can't read it. */
export type FlowVersions = ReadonlyMap<string, FlowVersion | null>

// A definition takes some 10 kB of memory, so the number that is kept is bounded, the least recently used going first.
const maxKept = 5_000
const kept = new Map<string, FlowVersion | null>()

/** The versions by `versionKey`. Runs no statement when all are known. */
export async function loadFlowVersions(tx: Tx, wanted: readonly VersionRef[]): Promise<FlowVersions> {
  const found = new Map<string, FlowVersion | null>()
  const missing = new Map<string, VersionRef>()
  for (const ref of wanted) {
    const key = versionKey(ref)
    const known = kept.get(key)
    if (known === undefined) missing.set(key, ref)
    else found.set(key, keep(key, known))
  }
  if (missing.size > 0) for (const [key, version] of await readVersions(tx, missing)) found.set(key, keep(key, version))
  return found
}

function keep(key: string, version: FlowVersion | null) {
  kept.delete(key)
  kept.set(key, version)
  const [oldest] = kept.keys()
  if (kept.size > maxKept && oldest !== undefined) kept.delete(oldest)
  return version
}

async function readVersions(tx: Tx, missing: ReadonlyMap<string, VersionRef>) {
  const refs = [...missing.values()]
  const read = (await selectVersions(tx, refs)).map((row) => ({ ...row, result: readDefinition(row.definition) }))
  const versions = new Map<string, FlowVersion | null>([...missing.keys()].map((key) => [key, null]))
  const wanted = read.flatMap(({ shopId, result }) =>
    result.ok ? templatesOf(result.definition).map((id) => ({ shopId, id })) : [],
  )
  const templates = await selectTemplates(tx, wanted)
  for (const { result, ...ref } of read) {
    if (!result.ok) continue
    const existing = templatesOf(result.definition).filter((id) => templates.has(`${ref.shopId}/${id}`))
    const { definition } = result
    versions.set(versionKey(ref), toFlowVersion({ ...ref, definition, templates: new Set(existing) }))
  }
  return versions
}

const rowSchema = z.object({
  shop_id: z.int().transform(shopId),
  flow_id: z.int().transform(flowId),
  version: z.int(),
  definition: z.unknown(),
})

async function selectVersions(tx: Tx, refs: readonly VersionRef[]) {
  const rows = await tx.rows(
    `select v.shop_id, v.flow_id, v.version, v.definition
     from unnest($1::int[], $2::int[], $3::int[]) as w (shop_id, flow_id, version)
     join flow_version v on v.shop_id = w.shop_id and v.flow_id = w.flow_id and v.version = w.version`,
    [refs.map((ref) => ref.shopId), refs.map((ref) => ref.flowId), refs.map((ref) => ref.version)],
  )
  return rows.map((row) => {
    const { shop_id, flow_id, version, definition } = rowSchema.parse(row)
    return { shopId: shop_id, flowId: flow_id, version, definition }
  })
}

/** Which of the templates exist, as `shopId/id`. */
export async function selectTemplates(tx: Tx, wanted: readonly { shopId: ShopId; id: string }[]): Promise<Set<string>> {
  if (wanted.length === 0) return new Set()
  const rows = await tx.rows<{ key: string }>(
    `select t.shop_id || '/' || t.id as key from unnest($1::int[], $2::uuid[]) as w (shop_id, id)
     join message_template t on t.shop_id = w.shop_id and t.id = w.id`,
    [wanted.map((template) => template.shopId), wanted.map((template) => template.id)],
  )
  return new Set(rows.map((row) => row.key))
}
