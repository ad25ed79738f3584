// Reads what decides whether candidates may enter: their past in the flow, what has ended it already, its condition.
import type { EnrolmentId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Verdict } from '#app/segments/verdict.ts'
import type { AdmissionFacts, Candidate } from './candidate.ts'
import { exitedBySql, exitQuestionsSql, exitsSql, exitValues } from './exits.server.ts'
import { conditionKey } from './needs.ts'

/** For a dry run on what is stored: nothing after the trigger counts, and no enrolment gets a number. */
export interface Hindsight {
  /** Entries before this moment count as the candidate's past. */
  pastUntil(candidate: Candidate): Date
}

/** By the candidates' keys: one statement for all, and one per distinct entry condition. */
export async function loadAdmissionFacts(
  tx: Tx,
  candidates: readonly Candidate[],
  hindsight: Hindsight | null = null,
): Promise<Map<string, AdmissionFacts>> {
  if (candidates.length === 0) return new Map()
  const pasts = await selectPasts(tx, candidates, hindsight)
  const verdicts = await judgeEntries(tx, candidates)
  return new Map(
    candidates.map(({ key }, index) => {
      const { id, exitedBy, ...past } = pasts[index]!
      return [key, { enrolmentId: id, past, exitedBy, entry: verdicts.get(key) ?? null }]
    }),
  )
}

interface PastRow {
  id: EnrolmentId
  exitedBy: string | null
  lastEnteredAt: Date | null
  subjectEnteredAt: Date | null
}

/**
 * Draws each candidate's number and reads its ended enrolments that count for re-entry. Exits are looked for among what
 * was known before the candidate's event, as if the events had come one by one.
 */
function selectPasts(tx: Tx, candidates: readonly Candidate[], hindsight: Hindsight | null) {
  return tx.rows<PastRow>(
    `with ${exitsSql}
     select case when $15::boolean then 0 else nextval('enrolment_id_seq') end as id, ${exitedBySql} as "exitedBy", past.last as "lastEnteredAt",
       past.of_subject as "subjectEnteredAt"
     from ${exitQuestionsSql}
     join unnest($13::int[], $14::text[], $16::timestamptz[]) with ordinality as c (flow_id, subject, until, place)
       on c.place = q.place
     cross join lateral (
       select max(n.entered_at) as last, max(n.entered_at) filter (where n.subject = c.subject) as of_subject
       from enrolment n
       where n.shop_id = q.shop_id and n.profile_id = q.profile_id and n.flow_id = c.flow_id
         and (c.until is null or n.entered_at < c.until)
         and (n.state = 'completed' or n.state <> 'active' and (n.context -> 'hasSent')::boolean)
     ) past
     order by q.place`,
    [
      ...exitValues(
        candidates.map((candidate) => ({
          ...candidate,
          trigger: candidate.context,
          ...(hindsight && { until: candidate.at }),
        })),
      ),
      candidates.map(({ flow }) => flow.flowId),
      candidates.map((candidate) => candidate.subject),
      hindsight !== null,
      candidates.map((candidate) => hindsight?.pastUntil(candidate) ?? null),
    ],
  )
}

/** Asked as of the trigger's moment: what happened between it and now shows as an exit. */
async function judgeEntries(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, Verdict>> {
  const verdicts = new Map<string, Verdict>()
  const conditional = candidates.flatMap((candidate) => {
    const condition = candidate.flow.definition.entry
    return condition ? { candidate, condition } : []
  })
  for (const alike of Map.groupBy(conditional, ({ condition }) => conditionKey(condition)).values()) {
    const questions = alike.map(({ candidate: { flow, profileId, subject, at } }) => ({
      shopId: flow.shopId,
      profileId,
      subject,
      asOf: at,
      enteredAt: at,
    }))
    const judged = await evaluateCondition(tx, alike[0]!.condition, questions)
    for (const [index, { candidate }] of alike.entries()) verdicts.set(candidate.key, judged[index]!)
  }
  return verdicts
}
