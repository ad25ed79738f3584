// Turns a condition into one statement. Leaves become lateral selects over the questions, the tree a boolean of them.
import { type Condition, leavesOf } from './condition.ts'
import { kindOf, type Leaf } from './conditions/registry.ts'
import { join, type Sql, sql, verbatim } from './sql.ts'

export interface CompiledCondition {
  /** The join that follows a relation `q` of questions. */
  joins: Sql
  /** Whether the condition holds: never null. */
  passes: Sql
  /** What each leaf saw, as jsonb[], in the order of `labels`. */
  seen: Sql
  /** The names of what was seen, no two alike. */
  labels: string[]
  /** The earliest moment of change by time alone, with the joins it takes; null when there is none. */
  nextChange: { joins: Sql; at: Sql } | null
}

/** The parts of a statement that asks `condition` of questions `q`. Leaves that are alike are asked once. */
export function compileCondition(condition: Condition): CompiledCondition {
  const leaves = distinctLeaves(condition)
  const names = new Map([...leaves.keys()].map((key, index) => [key, `l${index}`]))
  const all = [...leaves.values()]
  return {
    joins: lateral(all.map((leaf) => kindOf(leaf).lookup(leaf))),
    passes: passesOf(condition, names),
    seen: sql`array[${join(
      all.map((_, index) => verbatim(`l${index}.seen`)),
      ', ',
    )}]::jsonb[]`,
    labels: distinctLabels(all.map((leaf) => kindOf(leaf).label(leaf))),
    nextChange: nextChangeOf(all),
  }
}

function distinctLeaves(condition: Condition): Map<string, Leaf> {
  return new Map(leavesOf(condition).map((leaf) => [JSON.stringify(leaf), leaf]))
}

/** A left join, so that a leaf without a row is a "no" and not a missing answer. */
const lateral = (selects: readonly Sql[]): Sql =>
  join(
    selects.map((select, index) => sql`left join lateral (${select}) ${verbatim(`l${index}`)} on true`),
    '\n',
  )

function passesOf(condition: Condition, names: ReadonlyMap<string, string>): Sql {
  if ('all' in condition) return joined(condition.all, ' and ', 'true', names)
  if ('any' in condition) return joined(condition.any, ' or ', 'false', names)
  if ('not' in condition) return sql`not ${passesOf(condition.not, names)}`
  return verbatim(`coalesce(${names.get(JSON.stringify(condition))}.passes, false)`)
}

function joined(parts: readonly Condition[], word: string, empty: string, names: ReadonlyMap<string, string>): Sql {
  if (parts.length === 0) return verbatim(empty)
  return sql`(${join(
    parts.map((part) => passesOf(part, names)),
    word,
  )})`
}

function distinctLabels(labels: readonly string[]): string[] {
  const counts = new Map<string, number>()
  return labels.map((label) => {
    const count = (counts.get(label) ?? 0) + 1
    counts.set(label, count)
    return count === 1 ? label : `${label} (${count})`
  })
}

function nextChangeOf(leaves: readonly Leaf[]): CompiledCondition['nextChange'] {
  const selects = leaves.map((leaf) => kindOf(leaf).nextChange(leaf)).filter((select) => select !== null)
  if (selects.length === 0) return null
  const moments = selects.map((_, index) => verbatim(`l${index}.at`))
  return { joins: lateral(selects), at: sql`least(${join(moments, ', ')})` }
}
