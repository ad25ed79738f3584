// Finds exits that happened outside the order of things: before a late trigger was heard, or after a flow's end.
import type { Subject } from '#app/events/vocabulary.ts'
import type { ProfileId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { namesOf } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import type { TriggerContext } from './trigger-kind.ts'

export interface ExitQuestion {
  flow: FlowVersion
  profileId: ProfileId
  subject: Subject
  trigger: TriggerContext
  /** Exits from this moment on count. */
  at: Date
  /** Only events before this one; null for all. */
  eventId: number | null
  /** Only events up to this moment; absent for all. */
  until?: Date
}

/** The reason of the first exit, per question; null where nothing has ended it. */
export async function selectExits(tx: Tx, questions: readonly ExitQuestion[]): Promise<(string | null)[]> {
  if (questions.every(({ flow }) => flow.exits.length === 0)) return questions.map(() => null)
  const rows = await tx.rows<{ reason: string | null }>(
    `with ${exitsSql} select ${exitedBySql} as reason from ${exitQuestionsSql} order by q.place`,
    exitValues(questions),
  )
  return rows.map((row) => row.reason)
}

/** A `with` part: each question's exits. This and the next two take the parameters `$1` to `$12`. */
export const exitsSql = `exit as (
  select * from unnest($7::int[], $8::text[], $9::text[], $10::text[], $11::boolean[])
    as x (place, type, match, reason, only_whole)
)`

/** A relation `q`: one row per question. */
export const exitQuestionsSql = `(
  select a.*, string_to_array(a.joined, ' ') as names
  from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[], $5::bigint[], $6::bigint[], $12::timestamptz[])
    with ordinality as a (shop_id, profile_id, joined, at, event_id, whole_minor, until, place)
) q`

/** The reason of the first exit that `q` asks for, or null. */
export const exitedBySql = `(
  select x.reason from event v
  join exit x on x.place = q.place and x.type = v.type
  where v.shop_id = q.shop_id and v.profile_id = q.profile_id and v.occurred_at >= q.at
    and (q.event_id is null or v.id < q.event_id) and (q.until is null or v.occurred_at <= q.until)
    and (x.match = 'profile' or q.names = '{profile}' or v.subject = any(q.names) or v.props -> 'subjects' ?| q.names)
    and (not x.only_whole
      or coalesce((v.props ->> 'refundedMinor')::bigint, v.value_minor) >= coalesce(q.whole_minor, 0))
  order by v.occurred_at, v.id limit 1
)`

export function exitValues(questions: readonly ExitQuestion[]): unknown[] {
  const exits = questions.flatMap(({ flow }, index) => flow.exits.map((exit) => ({ ...exit, place: index + 1 })))
  return [
    questions.map(({ flow }) => flow.shopId),
    questions.map((question) => question.profileId),
    // Tokens and ids hold no spaces.
    questions.map(({ subject, trigger }) => namesOf(subject, trigger).join(' ')),
    questions.map((question) => question.at),
    questions.map((question) => question.eventId),
    questions.map(({ trigger }) => (typeof trigger.valueMinor === 'number' ? trigger.valueMinor : null)),
    exits.map((exit) => exit.place),
    exits.map((exit) => exit.on),
    exits.map((exit) => exit.match),
    exits.map((exit) => exit.reason),
    exits.map((exit) => exit.onlyWhole),
    questions.map(({ until }) => until ?? null),
  ]
}
