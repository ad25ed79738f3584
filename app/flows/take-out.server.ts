// Takes somebody out of a flow by hand, and puts them back where they were.
import { z } from 'zod'
import type { EnrolmentId, FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import { parkedAt } from './enrolment.ts'

interface Place {
  flowId: FlowId
  enrolmentId: EnrolmentId
}

/** Their mails that have not gone yet are not sent. Returns false when they were not on their way. */
export async function takeOut(tx: Tx, shopId: ShopId, { flowId, enrolmentId }: Place, now: Date): Promise<boolean> {
  const taken = await tx.rows(
    `update enrolment set state = 'exited', end_reason = 'taken_out', ended_at = $4, waits_for = null,
       revision = revision + 1
     where shop_id = $1 and flow_id = $2 and id = $3 and state = 'active' returning id`,
    [shopId, flowId, enrolmentId, now],
  )
  return taken.length > 0
}

export type PutBack = 'back' | 'unknown' | 'not_taken_out' | 'runs_already'

/**
 * Lets somebody who was taken out go on at the step where they stood; waits count from when it was reached, so what is
 * over by now happens at once. Not while they are in the flow again about the same thing.
 */
export async function putBack(tx: Tx, shopId: ShopId, { flowId, enrolmentId }: Place, now: Date): Promise<PutBack> {
  const [row] = await tx.rows(
    `select e.end_reason, f.state as flow_state, exists (
       select from enrolment o where o.shop_id = e.shop_id and o.flow_id = e.flow_id and o.profile_id = e.profile_id
         and o.subject = e.subject and o.state = 'active') as runs
     from enrolment e join flow f on f.shop_id = e.shop_id and f.id = e.flow_id
     where e.shop_id = $1 and e.flow_id = $2 and e.id = $3 for update of e`,
    [shopId, flowId, enrolmentId],
  )
  if (!row) return 'unknown'
  const { end_reason, flow_state, runs } = rowSchema.parse(row)
  if (end_reason !== 'taken_out') return 'not_taken_out'
  if (runs) return 'runs_already'
  await tx.rows(
    `update enrolment set state = 'active', end_reason = null, ended_at = null, wake_at = $4, revision = revision + 1
     where shop_id = $1 and flow_id = $2 and id = $3`,
    [shopId, flowId, enrolmentId, flow_state === 'live' ? now : parkedAt],
  )
  await wakeLanes(tx, 'work', [{ shopId, dueAt: now }])
  return 'back'
}

const rowSchema = z.object({ end_reason: z.string().nullable(), flow_state: z.string(), runs: z.boolean() })
