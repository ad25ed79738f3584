// What happens at the steps of a flow: who waits there now, and how the last who entered fared.
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/** So many of the last to enter are looked at: more would tell no more, and take longer than anyone waits for a page. */
export const lookedAt = 2_000

export interface StepCounts {
  /** How many enrolments the counts of what happened are made of. */
  enrolments: number
  steps: Record<string, StepCount>
}

export interface StepCount {
  waiting: number
  /** Left the step, by verdict: "waited", "yes", "queued", "failed". */
  passed: Record<string, number>
  /** What became of the mails of this step, by state; skipped ones by "skipped:reason". */
  mails: Record<string, number>
}

export async function countSteps(tx: Tx, shopId: ShopId, flowId: FlowId): Promise<StepCounts> {
  const values = [shopId, flowId, lookedAt]
  const [waiting, passed, mails, [total]] = await Promise.all([
    tx.rows<Line>(
      `select step, '' as word, count(*)::int as n from enrolment
       where shop_id = $1 and flow_id = $2 and state = 'active' group by step`,
      [shopId, flowId],
    ),
    tx.rows<Line>(
      `with ${latest} select v.step, v.verdict as word, count(*)::int as n
       from latest l join visit v on v.shop_id = $1 and v.enrolment_id = l.id group by 1, 2`,
      values,
    ),
    tx.rows<Line>(
      `with ${latest} select coalesce(m.step, '') as step,
         case when m.state = 'skipped' then 'skipped:' || coalesce(m.reason, '') else m.state end as word,
         count(*)::int as n
       from latest l join message m on m.shop_id = $1 and m.enrolment_id = l.id group by 1, 2`,
      values,
    ),
    tx.rows<{ n: number }>(`with ${latest} select count(*)::int as n from latest where $1::int is not null`, values),
  ])
  const steps: Record<string, StepCount> = {}
  const of = (step: string) => (steps[step] ??= { waiting: 0, passed: {}, mails: {} })
  for (const { step, n } of waiting) of(step).waiting = n
  for (const { step, word, n } of passed) of(step).passed[word] = n
  for (const { step, word, n } of mails) of(step).mails[word] = n
  return { enrolments: total?.n ?? 0, steps }
}

interface Line {
  step: string
  word: string
  n: number
}

const latest = `latest as (
  select e.id from enrolment e where e.shop_id = $1 and e.flow_id = $2 order by e.entered_at desc, e.id desc limit $3
)`
