// The language in which flows, segments and content ask about a person: a tree of all, any and not over leaves.
import { z } from 'zod'
import type { EventType } from '#app/events/vocabulary.ts'
import { inMinorUnits, type MoneyWords, type Need } from './condition-kind.ts'
import { kindOf, type Leaf, type LeafInput, leafSchema } from './conditions/registry.ts'

export const maxDepth = 8
export const maxLeaves = 100

export type Condition = Leaf | { all: Condition[] } | { any: Condition[] } | { not: Condition }
/** A condition as it may be written, defaults left out. */
export type ConditionInput = LeafInput | { all: ConditionInput[] } | { any: ConditionInput[] } | { not: ConditionInput }

/** Reads a condition from outside, fills in the defaults, and says at which place of the tree something is wrong. */
export const conditionSchema: z.ZodType<Condition, ConditionInput> = z
  .custom<ConditionInput>()
  .transform((input, context) => {
    const reader: Reader = { leaves: 0, problems: [] }
    const condition = readNode(input, [], reader)
    for (const { path, message } of reader.problems) context.addIssue({ code: 'custom', path, message })
    return condition ?? z.NEVER
  })
  .meta({ widget: 'condition' })

/** Every leaf of the tree, in reading order. */
export function leavesOf(condition: Condition): Leaf[] {
  if ('all' in condition) return condition.all.flatMap(leavesOf)
  if ('any' in condition) return condition.any.flatMap(leavesOf)
  if ('not' in condition) return leavesOf(condition.not)
  return [condition]
}

/** The events after which the answer has to be asked for again. */
export function changedBy(condition: Condition): Set<EventType> {
  return new Set(leavesOf(condition).flatMap((leaf) => kindOf(leaf).changedBy(leaf)))
}

/** What a question must say for the condition to make sense: a segment knows neither entry nor subject. */
export function needsOf(condition: Condition): Set<Need> {
  return new Set(leavesOf(condition).flatMap((leaf) => kindOf(leaf).needs(leaf)))
}

/** What is true of whoever passes, in plain words: "has ordered at least once and is not in the flow welcome". */
export function describeCondition(condition: Condition, money: MoneyWords = inMinorUnits): string {
  return describe(condition, false, money)
}

type Group = 'and' | 'or'

function describe(condition: Condition, nested: boolean, money: MoneyWords): string {
  if ('all' in condition) return group(condition.all, 'and', nested, money)
  if ('any' in condition) return group(condition.any, 'or', nested, money)
  if ('not' in condition) return negated(condition.not, money)
  return kindOf(condition).describe(condition, money)
}

function group(parts: readonly Condition[], word: Group, nested: boolean, money: MoneyWords): string {
  if (parts.length === 0) return 'is anyone'
  const text = parts.map((part) => describe(part, parts.length > 1, money)).join(` ${word} `)
  return nested && parts.length > 1 ? `(${text})` : text
}

function negated(condition: Condition, money: MoneyWords): string {
  if ('not' in condition) return describe(condition.not, true, money)
  const text = describe(condition, true, money)
  if ('all' in condition || 'any' in condition || /^(has|is) (not|never) /.test(text)) return `not so: ${text}`
  return text.replace(/^has (?=an? |something |at least \d+ items)/, 'does not have ').replace(/^(has|is) /, '$1 not ')
}

interface Reader {
  leaves: number
  problems: { path: PropertyKey[]; message: string }[]
}

/** Bounded before it descends, so that no input can exhaust the stack. Null when a problem was noted. */
function readNode(input: unknown, path: PropertyKey[], reader: Reader): Condition | null {
  if (path.filter((step) => typeof step === 'string').length >= maxDepth)
    return refuse(reader, path, `conditions are nested more than ${maxDepth} levels deep`)
  const group = groupSchema.safeParse(input)
  if (!group.success) return readLeaf(input, path, reader)
  if ('not' in group.data) {
    const not = readNode(group.data.not, [...path, 'not'], reader)
    return not && { not }
  }
  if ('all' in group.data) {
    const all = readParts(group.data.all, [...path, 'all'], reader)
    return all && { all }
  }
  if (group.data.any.length === 0) return refuse(reader, [...path, 'any'], '"any" needs at least one condition')
  const any = readParts(group.data.any, [...path, 'any'], reader)
  return any && { any }
}

const groupSchema = z.union([
  z.strictObject({ all: z.array(z.unknown()) }),
  z.strictObject({ any: z.array(z.unknown()) }),
  z.strictObject({ not: z.unknown() }),
])

function readParts(parts: readonly unknown[], path: PropertyKey[], reader: Reader): Condition[] | null {
  const read = parts.slice(0, maxLeaves + 1).map((part, index) => readNode(part, [...path, index], reader))
  const conditions = read.filter((part) => part !== null)
  return conditions.length === read.length ? conditions : null
}

function readLeaf(input: unknown, path: PropertyKey[], reader: Reader): Leaf | null {
  reader.leaves += 1
  if (reader.leaves > maxLeaves) return refuse(reader, path, `a condition has at most ${maxLeaves} parts`)
  if (typeof input !== 'object' || input === null || !('kind' in input))
    return refuse(reader, path, 'a condition is an object with exactly one of "all", "any" or "not", or with a "kind"')
  const leaf = leafSchema.safeParse(input)
  if (leaf.success) return leaf.data
  reader.problems.push(
    ...leaf.error.issues.map((issue) => ({ path: [...path, ...issue.path], message: issue.message })),
  )
  return null
}

function refuse(reader: Reader, path: PropertyKey[], message: string): null {
  reader.problems.push({ path, message })
  return null
}
