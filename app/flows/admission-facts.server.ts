// Reads what decides whether candidates may enter: their past in the flow, what has ended it already, its condition.
import type { EnrolmentId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Verdict } from '#app/segments/verdict.ts'
import type { AdmissionFacts, Candidate } from './candidate.ts'
import { conditionKey } from './needs.ts'

/** By the candidates' keys: one statement for all, and one per distinct entry condition. */
export async function loadAdmissionFacts(
  tx: SystemTx,
  candidates: readonly Candidate[],
): Promise<Map<string, AdmissionFacts>> {
  if (candidates.length === 0) return new Map()
  const pasts = await selectPasts(tx, candidates)
  const verdicts = await judgeEntries(tx, candidates)
  return new Map(
    candidates.map((candidate, index) => {
      const { id, lastEnteredAt, subjectEnteredAt, exitedBy } = pasts[index]!
      const past = { lastEnteredAt, subjectEnteredAt }
      return [candidate.key, { enrolmentId: id, past, exitedBy, entry: verdicts.get(candidate.key) ?? null }]
    }),
  )
}

interface PastRow {
  id: EnrolmentId
  lastEnteredAt: Date | null
  subjectEnteredAt: Date | null
  exitedBy: string | null
}

/** Exits are looked for among what was known before the candidate's event, as if the events had come one by one. */
function selectPasts(tx: SystemTx, candidates: readonly Candidate[]) {
  const exits = candidates.flatMap(({ flow }, index) =>
    flow.exits.map(({ on, match, reason }) => ({ place: index + 1, on, match, reason })),
  )
  return tx.rows<PastRow>(
    `with exit as (
       select * from unnest($7::int[], $8::text[], $9::text[], $10::text[]) as x (place, type, match, reason)
     )
     select nextval('enrolment_id_seq') as id, past.last as "lastEnteredAt", past.of_subject as "subjectEnteredAt", (
       select x.reason from exit x
       join event v on v.shop_id = c.shop_id and v.profile_id = c.profile_id and v.type = x.type
       where x.place = c.place and v.occurred_at >= c.at and v.id < coalesce(c.event_id, 9007199254740991)
         and (x.match = 'profile' or c.subject = 'profile' or v.subject = c.subject
           or v.props -> 'subjects' ? c.subject)
       order by v.occurred_at, v.id limit 1
     ) as "exitedBy"
     from unnest($1::int[], $2::int[], $3::bigint[], $4::text[], $5::timestamptz[], $6::bigint[]) with ordinality
       as c (shop_id, flow_id, profile_id, subject, at, event_id, place)
     cross join lateral (
       select max(n.entered_at) as last, max(n.entered_at) filter (where n.subject = c.subject) as of_subject
       from enrolment n
       where n.shop_id = c.shop_id and n.profile_id = c.profile_id and n.flow_id = c.flow_id
         and (n.state = 'completed' or n.state <> 'active' and (n.context -> 'hasSent')::boolean)
     ) past
     order by c.place`,
    [
      candidates.map(({ flow }) => flow.shopId),
      candidates.map(({ flow }) => flow.flowId),
      candidates.map((candidate) => candidate.profileId),
      candidates.map((candidate) => candidate.subject),
      candidates.map((candidate) => candidate.at),
      candidates.map((candidate) => candidate.eventId),
      exits.map((exit) => exit.place),
      exits.map((exit) => exit.on),
      exits.map((exit) => exit.match),
      exits.map((exit) => exit.reason),
    ],
  )
}

/** Asked as of the trigger's moment: what happened between it and now shows as an exit. */
async function judgeEntries(tx: SystemTx, candidates: readonly Candidate[]): Promise<Map<string, Verdict>> {
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
