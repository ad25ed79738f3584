// Answers what steps and filters need to know: each distinct question once, for every enrolment that asks it.
import pg from 'pg'
import { assertNever } from '#app/lib/errors.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Question } from '#app/segments/verdict.ts'
import { type Enrolment, namesOf } from './enrolment.ts'
import { needKey } from './needs.ts'
import type { Answer, Awaited, Need } from './step-kind.ts'

export interface Asked {
  enrolment: Enrolment
  need: Need
  now: Date
  /** Events after this moment don't count; null when all that are known do. */
  until: Date | null
}

/**
 * The answers, in the order of what was asked: one statement per distinct need. An enrolment that failed before asks on
 * its own, so that what PostgreSQL refuses to answer is an answer too and not the end of the whole batch.
 */
export async function lookUp(tx: Tx, asked: readonly Asked[]): Promise<Answer[]> {
  const answers: Answer[] = []
  const keyOf = (index: number) => {
    const { enrolment, need } = asked[index]!
    return enrolment.attempts > 0 ? `${needKey(need)} ${enrolment.shopId} ${enrolment.id}` : needKey(need)
  }
  for (const indexes of Map.groupBy(asked.keys(), keyOf).values()) {
    const { enrolment } = asked[indexes[0]!]!
    const alike = indexes.map((index) => asked[index]!)
    const ask = () => answersTo(tx, alike)
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
  tx: Tx,
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

/** All of them ask the same. */
async function answersTo(tx: Tx, asked: readonly Asked[]): Promise<Answer[]> {
  const { need } = asked[0]!
  switch (need.kind) {
    case 'condition': {
      const questions = asked.map(questionOf)
      const verdicts = await evaluateCondition(tx, need.condition, questions)
      return verdicts.map((verdict) => ({ kind: 'verdict', verdict }))
    }
    case 'event':
      return (await selectAwaited(tx, need, asked)).map(({ at }) => ({ kind: 'event', occurredAt: at }))
    case 'zone':
      return (await selectZones(tx, asked)).map(({ zone }) => ({ kind: 'zone', zone }))
    default:
      return assertNever(need)
  }
}

const questionOf = ({ enrolment: { shopId, profileId, enteredAt, subject }, now }: Asked): Question => ({
  shopId,
  profileId,
  asOf: now,
  enteredAt,
  subject,
})

function selectAwaited(tx: Tx, { type, match, since }: Awaited, asked: readonly Asked[]) {
  const enrolments = asked.map(({ enrolment }) => enrolment)
  return tx.rows<{ at: Date | null }>(
    `select (
       select min(v.occurred_at) from event v
       where v.shop_id = a.shop_id and v.profile_id = a.profile_id and v.type = $5 and v.occurred_at > a.since
         and (a.until is null or v.occurred_at <= a.until)
         and (a.names = '{profile}' or v.subject = any(a.names) or v.props -> 'subjects' ?| a.names)
     ) as at
     from (
       select n.*, string_to_array(n.joined, ' ') as names
       from unnest($1::int[], $2::bigint[], $3::text[], $4::timestamptz[], $6::timestamptz[]) with ordinality
         as n (shop_id, profile_id, joined, since, until, place)
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
      asked.map((each) => each.until),
    ],
  )
}

function selectZones(tx: Tx, asked: readonly Asked[]) {
  return tx.rows<{ zone: string }>(
    `select coalesce(p.timezone, s.timezone, 'UTC') as zone
     from unnest($1::int[], $2::bigint[]) with ordinality as a (shop_id, profile_id, place)
     left join shop s on s.id = a.shop_id
     left join profile p on p.shop_id = a.shop_id and p.id = a.profile_id
     order by a.place`,
    [asked.map(({ enrolment }) => enrolment.shopId), asked.map(({ enrolment }) => enrolment.profileId)],
  )
}
