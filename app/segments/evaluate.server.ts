// Asks PostgreSQL whether a condition holds: for many people of many shops at once, each at a moment of their own.
import type { Tx } from '#app/platform/database.server.ts'
import { compileCondition } from './compile.ts'
import type { Condition } from './condition.ts'
import { type Statement, sql, toStatement } from './sql.ts'
import { canonicalJson, remember } from './statement-cache.ts'
import type { JsonValue, Question, Verdict } from './verdict.ts'

/** One verdict per question, in the questions' order, by one statement. */
export async function evaluateCondition(
  tx: Tx,
  condition: Condition,
  questions: readonly Question[],
): Promise<Verdict[]> {
  if (questions.length === 0) return []
  const { statement, labels } = verdictStatement(condition)
  const rows = await tx.rows<{ passes: boolean; seen: JsonValue[] }>(statement.text, [
    ...columnsOf(questions),
    ...statement.values,
  ])
  return rows.map((row) => ({
    passes: row.passes,
    seen: Object.fromEntries(labels.map((label, index) => [label, row.seen[index] ?? null])),
  }))
}

/**
 * For each question the first moment after its `asOf` at which the verdict can change though nothing more becomes
 * known; null when it can't.
 */
export async function findNextChanges(
  tx: Tx,
  condition: Condition,
  questions: readonly Question[],
): Promise<(Date | null)[]> {
  const statement = nextChangeStatement(condition)
  if (!statement) return questions.map(() => null)
  if (questions.length === 0) return []
  const rows = await tx.rows<{ at: Date | null }>(statement.text, [...columnsOf(questions), ...statement.values])
  return rows.map((row) => row.at)
}

const columnsOf = (questions: readonly Question[]) => [
  questions.map((question) => question.shopId),
  questions.map((question) => question.profileId),
  questions.map((question) => question.asOf),
  questions.map((question) => question.enteredAt),
  questions.map((question) => question.subject),
]

const asked = sql`from unnest($1::int[], $2::bigint[], $3::timestamptz[], $4::timestamptz[], $5::text[])
  with ordinality as q (shop_id, profile_id, as_of, entered_at, subject, place)`
const firstParameter = 6
const kept = 1_000

const verdictStatement = remember(kept, canonicalJson, (condition: Condition) => {
  const { joins, passes, seen, labels } = compileCondition(condition)
  const select = sql`select ${passes} as passes, ${seen} as seen ${asked} ${joins} order by q.place`
  return { statement: toStatement(select, firstParameter), labels }
})

const nextChangeStatement = remember(kept, canonicalJson, (condition: Condition): Statement | null => {
  const { nextChange } = compileCondition(condition)
  if (!nextChange) return null
  // A Date has no microseconds: rounded up, it is the first moment at which a Date can see the change.
  const select = sql`select date_trunc('milliseconds', ${nextChange.at} + interval '999 microseconds') as at ${asked} ${nextChange.joins} order by q.place`
  return toStatement(select, firstParameter)
})
