// The shop's flows as their list shows them: what each does, and what came of it in the last 30 days.
import { z } from 'zod'
import { readDefinition } from '#app/flows/definition.ts'
import type { Trigger } from '#app/flows/triggers/registry.ts'
import { isDeepEqual } from '#app/lib/deep-equal.ts'
import { type FlowId, flowId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export type FlowState = 'draft' | 'live' | 'paused'

export interface ListedFlow {
  id: FlowId
  key: string
  name: string
  state: FlowState
  /** Null when the draft cannot be read. */
  trigger: Trigger | null
  /** The draft differs from what is live, or nothing is live yet. */
  hasChanges: boolean
  entered: number
  sent: number
  clicked: number
  waiting: number
  /** Entries of each of the last 30 days, the oldest first. */
  perDay: number[]
}

export const reportDays = 30

/** All flows of the shop: there are never more than some dozens. */
export async function listFlows(tx: Tx, shopId: ShopId, now: Date): Promise<ListedFlow[]> {
  const since = new Date(now.getTime() - reportDays * 86_400_000)
  const [flows, entries, mails] = await Promise.all([
    selectFlows(tx, shopId),
    selectEntries(tx, shopId, since, now),
    selectMails(tx, shopId, since),
  ])
  return flows.map((flow) => {
    const read = readDefinition(flow.draft)
    const own = entries.filter((day) => day.flowId === flow.id)
    const perDay = Array.from({ length: reportDays }, (_, day) => own.find((each) => each.day === day)?.entered ?? 0)
    const mail = mails.find((each) => each.flowId === flow.id)
    const live = readDefinition(flow.live)
    const { id, key, name, state, waiting } = flow
    return {
      ...{ id, key, name, state, waiting, perDay },
      hasChanges: !read.ok || !live.ok || !isDeepEqual(read.definition, live.definition),
      trigger: read.ok ? read.definition.trigger : null,
      entered: perDay.reduce((sum, count) => sum + count, 0),
      sent: mail?.sent ?? 0,
      clicked: mail?.clicked ?? 0,
    }
  })
}

const flowRowSchema = z.object({
  id: z.int().transform(flowId),
  key: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'live', 'paused']),
  draft: z.unknown(),
  live: z.unknown(),
  waiting: z.int(),
})

async function selectFlows(tx: Tx, shopId: ShopId) {
  const rows = await tx.rows(
    `select f.id, f.key, f.name, f.state, f.draft, v.definition as live,
       (select count(*) from enrolment e where e.shop_id = f.shop_id and e.flow_id = f.id and e.state = 'active')::int
         as waiting
     from flow f
     left join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
     where f.shop_id = $1 order by f.priority, f.id limit 500`,
    [shopId],
  )
  return rows.map((row) => flowRowSchema.parse(row))
}

/** Counted by days of 24 hours back from now. */
function selectEntries(tx: Tx, shopId: ShopId, since: Date, now: Date) {
  return tx.rows<{ flowId: FlowId; day: number; entered: number }>(
    `select f.id as "flowId", least(floor(extract(epoch from e.entered_at - $2) / 86400), ${reportDays - 1})::int as day,
       count(*)::int as entered
     from flow f join enrolment e on e.shop_id = f.shop_id and e.flow_id = f.id
     where f.shop_id = $1 and e.shop_id = $1 and e.entered_at > $2 and e.entered_at <= $3 group by 1, 2`,
    [shopId, since, now],
  )
}

function selectMails(tx: Tx, shopId: ShopId, since: Date) {
  return tx.rows<{ flowId: FlowId; sent: number; clicked: number }>(
    `select f.id as "flowId",
       (select count(*) from message m where m.shop_id = f.shop_id and m.flow_id = f.id and m.handed_over_at > $2)::int
         as sent,
       (select count(*) from message m where m.shop_id = f.shop_id and m.flow_id = f.id and m.clicked_at > $2)::int
         as clicked
     from flow f where f.shop_id = $1`,
    [shopId, since],
  )
}
