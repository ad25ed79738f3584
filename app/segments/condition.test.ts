import { expect, test } from 'vitest'
import {
  type ConditionInput,
  changedBy,
  conditionSchema,
  describeCondition,
  maxDepth,
  maxLeaves,
  needsOf,
} from '#app/segments/condition.ts'

const subscribed: ConditionInput = { kind: 'consent', is: 'subscribed' }
const ordered: ConditionInput = { kind: 'order-count', count: { is: 'at-least', times: 1 } }
const describe = (input: ConditionInput) => describeCondition(conditionSchema.parse(input))

/** What is wrong with `input` and where, as a merchant's editor would show it. */
function problemsOf(input: unknown) {
  const issues = conditionSchema.safeParse(input).error?.issues ?? []
  return issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
}

test('defaults are filled in at every depth', () => {
  expect(conditionSchema.parse({ any: [{ not: ordered }] })).toEqual({
    any: [{ not: { kind: 'order-count', count: { is: 'at-least', times: 1 }, window: { kind: 'ever' } } }],
  })
})

test('an error says at which place of the tree it is', () => {
  const wrong = { all: [subscribed, { not: { kind: 'event', type: 'sneezed' } }, { kind: 'zodiac' }] }
  const [sneezed, zodiac, ...rest] = problemsOf(wrong)
  expect(sneezed).toMatch(/^all\.1\.not\.type: Invalid option/)
  expect(zodiac).toMatch(/^all\.2\.kind: Invalid/)
  expect(rest).toEqual([])
})

test('what is neither a group nor a leaf is refused in plain words', () => {
  const shape = ': a condition is an object with exactly one of "all", "any" or "not", or with a "kind"'
  for (const wrong of [null, 'subscribed', [], {}, { all: [], any: [] }, { all: subscribed }])
    expect(problemsOf(wrong)).toEqual([shape])
  expect(problemsOf({ any: [] })).toEqual(['any: "any" needs at least one condition'])
})

test('a misspelt field is an error, not a condition that quietly asks for something else', () => {
  expect(problemsOf({ ...ordered, windows: { kind: 'since-entry' } })).toHaveLength(1)
})

test('trees are bounded in depth, so that none can exhaust whoever reads it', () => {
  const nested = (depth: number): unknown => (depth === 1 ? subscribed : { not: nested(depth - 1) })
  expect(problemsOf(nested(maxDepth))).toEqual([])
  expect(problemsOf(nested(maxDepth + 1))[0]).toContain(`nested more than ${maxDepth} levels deep`)
  expect(problemsOf(nested(5_000))).toHaveLength(1)
})

test('trees are bounded in size', () => {
  const leaves = (count: number) => Array.from({ length: count }, () => subscribed)
  expect(problemsOf({ any: leaves(maxLeaves) })).toEqual([])
  expect(problemsOf({ any: [{ all: leaves(maxLeaves - 1) }, ...leaves(2)] })).toEqual([
    `any.2: a condition has at most ${maxLeaves} parts`,
  ])
})

test('a condition is said in plain words', () => {
  const recently: ConditionInput = {
    kind: 'event',
    type: 'order_placed',
    window: { kind: 'last', amount: 30, unit: 'days' },
  }
  expect(describe(recently)).toBe('has placed an order at least once in the last 30 days')
  expect(describe({ ...recently, count: { is: 'exactly', times: 0 } })).toBe(
    'has not placed an order in the last 30 days',
  )
  expect(
    describe({ all: [subscribed, { any: [ordered, { not: { kind: 'in-flow', flow: 'welcome', is: 'now' } }] }] }),
  ).toBe('is subscribed to marketing mail and (has ordered at least once or is not in the flow welcome)')
  expect(describe({ not: { kind: 'cart-has-items' } })).toBe('does not have something in this cart')
  expect(describe({ not: { any: [subscribed, ordered] } })).toBe(
    'not so: (is subscribed to marketing mail or has ordered at least once)',
  )
  expect(describe({ all: [] })).toBe('is anyone')
  const spent = conditionSchema.parse({ kind: 'total-spent', is: 'at-least', amountMinor: 10_000 })
  expect(describeCondition(spent, (minor) => `£${minor / 100}`)).toBe('has spent at least £100')
})

test('a tree listens for the events of all its leaves', () => {
  const tree = conditionSchema.parse({ all: [ordered, { not: { kind: 'event', type: 'message_clicked' } }] })
  expect(changedBy(tree)).toEqual(new Set(['order_placed', 'order_cancelled', 'message_clicked']))
})

test('a tree says whether it must know the entry or the subject', () => {
  const sinceEntry: ConditionInput = { ...ordered, window: { kind: 'since-entry' } }
  expect(needsOf(conditionSchema.parse({ all: [subscribed, ordered] }))).toEqual(new Set())
  expect(needsOf(conditionSchema.parse({ not: { any: [sinceEntry, { kind: 'cart-has-items' }] } }))).toEqual(
    new Set(['entry', 'subject']),
  )
})
