// How often something has to have happened.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { type Sql, sql } from './sql.ts'

export const countSchema = z
  .strictObject({ is: z.enum(['at-least', 'at-most', 'exactly']), times: z.int().min(0).max(1_000_000) })
  .refine((count) => count.is !== 'at-least' || count.times > 0, { error: 'at least 0 times is always true' })
export type Count = z.output<typeof countSchema>

export const atLeastOnce: Count = { is: 'at-least', times: 1 }

/** Whether the number `n` is as the count asks. */
export function countPasses(count: Count, n: Sql): Sql {
  switch (count.is) {
    case 'at-least':
      return sql`${n} >= ${count.times}::bigint`
    case 'at-most':
      return sql`${n} <= ${count.times}::bigint`
    case 'exactly':
      return sql`${n} = ${count.times}::bigint`
    default:
      return assertNever(count.is)
  }
}

/** A count that says "never" in other words. */
const isNone = (count: Count): boolean => count.times === 0

/** "at least once", "exactly 3 times". */
function countWords(count: Count): string {
  const times = count.times === 1 ? 'once' : `${count.times} times`
  return `${count.is.replace('-', ' ')} ${times}`
}

/** "has ordered at least once in the last 30 days", or "has not ordered …" when the count is none. */
export function happened(did: string, count: Count, when: string): string {
  const words = isNone(count) ? ['has not', did, when] : ['has', did, countWords(count), when]
  return words.filter((word) => word !== '').join(' ')
}
