// A draft as the engine reads a version, though it was never published.
import type { Definition } from '#app/flows/definition.ts'
import { type FlowVersion, templatesOf, toFlowVersion } from '#app/flows/flow-version.ts'
import { selectTemplates } from '#app/flows/flow-versions.server.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export async function draftVersion(
  tx: Tx,
  shopId: ShopId,
  { flowId, definition }: { flowId: FlowId; definition: Definition },
): Promise<FlowVersion> {
  const wanted = templatesOf(definition)
  const known = await selectTemplates(
    tx,
    wanted.map((id) => ({ shopId, id })),
  )
  const templates = new Set(wanted.filter((id) => known.has(`${shopId}/${id}`)))
  return toFlowVersion({ shopId, flowId, version: 0, definition, templates })
}
