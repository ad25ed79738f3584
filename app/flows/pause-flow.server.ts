// Stops a flow and lets it go on. While it is paused nobody enters, nobody moves and nothing is sent; exits still happen.
import { z } from 'zod'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { dropTimers } from './absence-timers.server.ts'
import { readDefinition } from './definition.ts'
import { parkedAt } from './enrolment.ts'
import { goLive } from './publish-flow.server.ts'

/** Returns false when the flow was not live. */
export async function pauseFlow(tx: Tx, shopId: ShopId, flowId: FlowId, now: Date): Promise<boolean> {
  const paused = await tx.rows(
    `update flow set state = 'paused', updated_at = $3 where shop_id = $1 and id = $2 and state = 'live' returning id`,
    [shopId, flowId, now],
  )
  if (paused.length === 0) return false
  await tx.rows(
    `update enrolment set wake_at = $3, revision = revision + 1 where shop_id = $1 and flow_id = $2 and state = 'active'`,
    [shopId, flowId, parkedAt],
  )
  await dropTimers(tx, shopId, flowId)
  return true
}

/**
 * Lets a paused flow go on with the version it had. Whoever's wait ended meanwhile moves at once; absences that were
 * completed meanwhile begin nothing. Returns false when the flow was not paused.
 */
export async function resumeFlow(tx: Tx, shopId: ShopId, flowId: FlowId, now: Date): Promise<boolean> {
  const [row] = await tx.rows(
    `select f.live_version, v.definition from flow f
     join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
     where f.shop_id = $1 and f.id = $2 and f.state = 'paused' for update of f`,
    [shopId, flowId],
  )
  if (!row) return false
  const { live_version: version, definition } = rowSchema.parse(row)
  const read = readDefinition(definition)
  if (!read.ok) return false
  await goLive(tx, { shopId, flowId, version, now }, read.definition)
  return true
}

const rowSchema = z.object({ live_version: z.int(), definition: z.unknown() })
