// Answers what steps and filters need to know: each distinct question once, for every enrolment that asks it.
import pg from 'pg'
import { assertNever } from '#app/lib/errors.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Question } from '#app/segments/verdict.ts'
import { type Enrolment, namesOf } from './enrolment.ts'
import { needKey } from './needs.ts'
import type { Answer, Awaited, Need } from './step-kind.ts'

export interface Asked {
  enrolment: Enrolment
  need: Need
}

/**
 * The answers, in the order of what was asked: one statement per distinct need. An enrolment that failed before asks on
 * its own, so that what PostgreSQL refuses to answer is an answer too and not the end of the whole batch.
 */
export async function lookUp(tx: SystemTx, asked: readonly Asked[], now: Date): Promise<Answer[]> {
  const answers: Answer[] = []
  const keyOf = (index: number) => {
    const { enrolment, need } = asked[index]!
    return enrolment.attempts > 0 ? `${needKey(need)} ${enrolment.shopId} ${enrolment.id}` : needKey(need)
  }
  for (const indexes of Map.groupBy(asked.keys(), keyOf).values()) {
    const { need, enrolment } = asked[indexes[0]!]!
    const enrolments = indexes.map((index) => asked[index]!.enrolment)
    const ask = () => answersTo(tx, need, enrolments, now)
    const found =
      enrolment.attempts > 0
        ? await carefully<Answer[]>(tx, ask, (reason) => [{ kind: 'failed', reason }])
        : await ask()
    for (const [place, index] of indexes.entries()) answers[index] = found[place]!
  }
  return answers
}

/** Asks so that a question which PostgreSQL refuses leaves the transaction usable, and says why in its place. */
export async function carefully<Result>(
  tx: SystemTx,
  ask: () => Promise<Result>,
  refused: (reason: string) => Result,
): Promise<Result> {
  await tx.rows('savepoint careful')
  try {
    const answers = await ask()
    await tx.rows('release savepoint careful')
    return answers
  } catch (error) {
    if (!(error instanceof pg.DatabaseError) || !isFaultOfQuestion(error.code)) throw error
    await tx.rows('rollback to savepoint careful')
    return refused(`unanswerable_${error.code}`)
  }
}

/** Data exceptions, and statements that PostgreSQL does not accept; not lost connections, not deadlocks. */
const isFaultOfQuestion = (code: string | undefined) => code !== undefined && /^(22|42)/.test(code)

async function answersTo(tx: SystemTx, need: Need, enrolments: readonly Enrolment[], now: Date): Promise<Answer[]> {
  switch (need.kind) {
    case 'condition': {
      const questions = enrolments.map((enrolment) => questionOf(enrolment, now))
      const verdicts = await evaluateCondition(tx, need.condition, questions)
      return verdicts.map((verdict) => ({ kind: 'verdict', verdict }))
    }
    case 'event':
      return (await selectAwaited(tx, need, enrolments)).map(({ at }) => ({ kind: 'event', occurredAt: at }))
    case 'zone':
      return (await selectZones(tx, enrolments)).map(({ zone }) => ({ kind: 'zone', zone }))
    default:
      return assertNever(need)
  }
}

const questionOf = ({ shopId, profileId, enteredAt, subject }: Enrolment, now: Date): Question => ({
  shopId,
  profileId,
  asOf: now,
  enteredAt,
  subject,
})

function selectAwaited(tx: SystemTx, { type, match, since }: Awaited, enrolments: readonly Enrolment[]) {
  return tx.rows<{ at: Date | null }>(
    `select (
       select min(v.occurred_at) from event v
       where v.shop_id = a.shop_id and v.profile_id = a.profile_id and v.type = $5 and v.occurred_at > a.since
         and (a.names = '{profile}' or v.subject = any(a.names) or v.props -> 'subjects' ?| a.names)
     ) as at
     from (
       select n.*, string_to_array(n.joined, ' ') as names
       from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[]) with ordinality
         as n (shop_id, profile_id, joined, since, place)
     ) a
     order by a.place`,
    [
      enrolments.map((enrolment) => enrolment.shopId),
      enrolments.map((enrolment) => enrolment.profileId),
      // Tokens and ids hold no spaces.
      enrolments.map(({ subject, context }) =>
        match === 'profile' ? 'profile' : namesOf(subject, context.trigger).join(' '),
      ),
      enrolments.map((enrolment) => (since === 'ever' ? '-infinity' : enrolment.enteredAt)),
      type,
    ],
  )
}

function selectZones(tx: SystemTx, enrolments: readonly Enrolment[]) {
  return tx.rows<{ zone: string }>(
    `select coalesce(p.timezone, s.timezone, 'UTC') as zone
     from unnest($1::int[], $2::bigint[]) with ordinality as a (shop_id, profile_id, place)
     left join shop s on s.id = a.shop_id
     left join profile p on p.shop_id = a.shop_id and p.id = a.profile_id
     order by a.place`,
    [enrolments.map((enrolment) => enrolment.shopId), enrolments.map((enrolment) => enrolment.profileId)],
  )
}
