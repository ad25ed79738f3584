// The stretch of time that a condition looks at, counted back from the moment of the question.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { type Sql, sql, verbatim } from './sql.ts'

const minutesOf = { minutes: 1, hours: 60, days: 1_440, weeks: 10_080 } as const

const lengthShape = {
  amount: z.int().min(1).max(100_000),
  unit: z.enum(['minutes', 'hours', 'days', 'weeks']),
}

/** An exact length of time: a day is 24 hours, so the moment at which something grows older than it is exact too. */
export const lengthSchema = z.strictObject(lengthShape)
export type Length = z.output<typeof lengthSchema>

export const windowSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('ever') }),
  z.strictObject({ kind: z.literal('last'), ...lengthShape }),
  z.strictObject({ kind: z.literal('since-entry') }),
  z.strictObject({ kind: z.literal('before-entry') }),
  z.strictObject({
    kind: z.literal('between'),
    from: z.iso.datetime({ offset: true }),
    to: z.iso.datetime({ offset: true }),
  }),
])
export type Window = z.output<typeof windowSchema>

export const ever: Window = { kind: 'ever' }

/** The interval, as SQL. */
export const lengthSql = (length: Length): Sql =>
  sql`make_interval(mins => ${length.amount * minutesOf[length.unit]}::int)`

/**
 * Whether `moment` lies inside the window. What the trigger of a flow reports happened at its entry, so it counts as
 * before it and not as since. Nothing after the moment of the question ever counts.
 */
export function insideWindow(window: Window, moment: Sql): Sql {
  const known = sql`${moment} <= q.as_of`
  switch (window.kind) {
    case 'ever':
      return known
    case 'last':
      return sql`${known} and ${moment} > q.as_of - ${lengthSql(window)}`
    case 'since-entry':
      return sql`${known} and ${moment} > q.entered_at`
    case 'before-entry':
      return sql`${known} and ${moment} <= q.entered_at`
    case 'between':
      return sql`${known} and ${moment} >= ${window.from}::timestamptz and ${moment} < ${window.to}::timestamptz`
    default:
      return assertNever(window)
  }
}

/** When something of `moment` falls out of the window by time alone; SQL null when it never does. */
export function leavesWindow(window: Window, moment: Sql): Sql {
  return window.kind === 'last' ? sql`${moment} + ${lengthSql(window)}` : verbatim('null::timestamptz')
}

/** "in the last 30 days", or nothing for a window without bounds. */
export function windowWords(window: Window): string {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'last':
      return `in the last ${lengthWords(window)}`
    case 'since-entry':
      return 'since entry'
    case 'before-entry':
      return 'before entry'
    case 'between':
      return `between ${window.from.slice(0, 10)} and ${window.to.slice(0, 10)}`
    default:
      return assertNever(window)
  }
}

/** "1 day", "30 days". */
export const lengthWords = ({ amount, unit }: Length): string =>
  amount === 1 ? `1 ${unit.slice(0, -1)}` : `${amount} ${unit}`

/** What a window asks of the question beyond its moment. */
export const windowNeeds = (window: Window): readonly 'entry'[] =>
  window.kind === 'since-entry' || window.kind === 'before-entry' ? ['entry'] : []
