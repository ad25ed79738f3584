// What a value from a JSON column can be compared with. Text is compared without regard to upper and lower case.
import { z } from 'zod'
import { assertNever } from '#app/lib/errors.ts'
import { type Sql, sql } from './sql.ts'

const scalarSchema = z.union([z.string().max(500), z.number(), z.boolean()])

export const comparisonSchema = z.discriminatedUnion('op', [
  z.strictObject({ op: z.literal('exists') }),
  z.strictObject({ op: z.literal('eq'), value: scalarSchema }),
  z.strictObject({ op: z.literal('neq'), value: scalarSchema }),
  /** A text that has `value` in it, or a list that has it as an entry. */
  z.strictObject({ op: z.literal('contains'), value: z.string().min(1).max(500) }),
  z.strictObject({ op: z.literal('gt'), value: z.number() }),
  z.strictObject({ op: z.literal('lt'), value: z.number() }),
])
export type Comparison = z.output<typeof comparisonSchema>

/** Whether the jsonb expression `value` compares as asked; SQL null counts as no. */
export function comparisonPasses(comparison: Comparison, value: Sql): Sql {
  switch (comparison.op) {
    case 'exists':
      return sql`${value} not in ('null'::jsonb, '""'::jsonb, '[]'::jsonb)`
    case 'eq':
      return equals(value, comparison.value)
    case 'neq':
      return sql`not coalesce(${equals(value, comparison.value)}, false)`
    case 'contains':
      return contains(value, comparison.value)
    case 'gt':
      return sql`(jsonb_typeof(${value}) = 'number' and ${value} > to_jsonb(${comparison.value}::numeric))`
    case 'lt':
      return sql`(jsonb_typeof(${value}) = 'number' and ${value} < to_jsonb(${comparison.value}::numeric))`
    default:
      return assertNever(comparison)
  }
}

/** "is \"red\"", "is greater than 3"; `amount` says how a number is spoken. */
export function comparisonWords(comparison: Comparison, amount: (value: number) => string = String): string {
  switch (comparison.op) {
    case 'exists':
      return 'is known'
    case 'eq':
      return `is ${spoken(comparison.value, amount)}`
    case 'neq':
      return `is not ${spoken(comparison.value, amount)}`
    case 'contains':
      return `contains ${JSON.stringify(comparison.value)}`
    case 'gt':
      return `is greater than ${amount(comparison.value)}`
    case 'lt':
      return `is less than ${amount(comparison.value)}`
    default:
      return assertNever(comparison)
  }
}

const spoken = (value: string | number | boolean, amount: (value: number) => string) =>
  typeof value === 'number' ? amount(value) : JSON.stringify(value)

function equals(value: Sql, wanted: string | number | boolean): Sql {
  return typeof wanted === 'string'
    ? sql`(jsonb_typeof(${value}) = 'string' and lower(${value} #>> '{}') = lower(${wanted}::text))`
    : sql`${value} = ${JSON.stringify(wanted)}::jsonb`
}

function contains(value: Sql, wanted: string): Sql {
  return sql`case jsonb_typeof(${value})
    when 'string' then strpos(lower(${value} #>> '{}'), lower(${wanted}::text)) > 0
    when 'array' then exists (
      select from jsonb_array_elements_text(${value}) entry where lower(entry) = lower(${wanted}::text))
    else false end`
}
