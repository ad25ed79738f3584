// Which flows of which shops are published right now. Asked anew in each pass: a merchant's pause holds at once.
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { FlowVersion } from './flow-version.ts'
import { loadFlowVersions, type VersionRef, versionKey } from './flow-versions.server.ts'
import type { FlowLookup } from './react.ts'

export interface PublishedFlows extends FlowLookup {
  /** Every published version, old ones included: someone may still be on its way through. */
  readonly versions: readonly FlowVersion[]
}

export async function loadPublishedFlows(tx: SystemTx, shopIds: readonly ShopId[]): Promise<PublishedFlows> {
  const flows = await selectPublished(tx, shopIds)
  const loaded = await loadFlowVersions(tx, flows.flatMap(allVersions))
  const live = new Map<ShopId, FlowVersion[]>()
  for (const flow of flows) {
    const newest = loaded.get(versionKey({ ...flow, version: flow.liveVersion }))
    if (newest && flow.isLive) live.set(flow.shopId, [...(live.get(flow.shopId) ?? []), newest])
  }
  return {
    versions: [...loaded.values()].filter((version) => version !== null),
    liveOf: (shopId) => live.get(shopId) ?? [],
    versionOf: (enrolment) => loaded.get(versionKey(enrolment)) ?? null,
  }
}

interface PublishedRow {
  shopId: ShopId
  flowId: FlowId
  liveVersion: number
  isLive: boolean
}

function selectPublished(tx: SystemTx, shopIds: readonly ShopId[]) {
  return tx.rows<PublishedRow>(
    `select shop_id as "shopId", id as "flowId", live_version as "liveVersion", state = 'live' as "isLive"
     from flow where shop_id = any($1::int[]) and state in ('live', 'paused') and live_version is not null
     order by shop_id, priority, id`,
    [shopIds],
  )
}

const allVersions = ({ shopId, flowId, liveVersion }: PublishedRow): VersionRef[] =>
  Array.from({ length: liveVersion }, (_, index) => ({ shopId, flowId, version: index + 1 }))
