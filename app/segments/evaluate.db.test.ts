import fc from 'fast-check'
import { expect, test } from 'vitest'
import { assertNever } from '#app/lib/errors.ts'
import { type ProfileId, profileId, shopId } from '#app/lib/ids.ts'
import { withShop, withSystem } from '#app/platform/database.server.ts'
import { type Condition, conditionSchema, needsOf } from '#app/segments/condition.ts'
import type { Leaf } from '#app/segments/conditions/registry.ts'
import type { Count } from '#app/segments/count.ts'
import { evaluateCondition, findNextChanges } from '#app/segments/evaluate.server.ts'
import { countMatching, listMatching } from '#app/segments/matching.server.ts'
import type { Question } from '#app/segments/verdict.ts'
import type { Window } from '#app/segments/window.ts'
import { anyLeaf, conditionTrees, leaves } from '#tests/builders/condition-trees.ts'
import { buildPopulation, gridMs, people } from '#tests/builders/population.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const population = await buildPopulation(db, 7)
const countable = conditionTrees(fc.oneof(leaves.event, leaves['order-count']))
const anything = conditionTrees(anyLeaf)

const evaluate = (condition: Condition, questions: readonly Question[]) =>
  withSystem(db, (tx) => evaluateCondition(tx, condition, questions))

test('what the SQL answers is what the words mean, for any tree over events and orders, in both shops at once', async () => {
  const property = fc.asyncProperty(countable, population.questions, async (condition, questions) => {
    const verdicts = await evaluate(condition, questions)
    expect(verdicts.map((verdict) => verdict.passes)).toEqual(questions.map((question) => holds(condition, question)))
  })
  await fc.assert(property, { numRuns: 150 })
})

test('asking about many at once answers as asking one by one', async () => {
  const property = fc.asyncProperty(anything, population.questions, async (condition, questions) => {
    const few = questions.slice(0, 6)
    const together = await evaluate(condition, few)
    const alone = await Promise.all(few.map((question) => evaluate(condition, [question])))
    expect(alone.flat()).toEqual(together)
  })
  await fc.assert(property, { numRuns: 60 })
})

test.each(Object.entries(leaves))(
  'a verdict of %s never changes before the moment that is announced',
  async (_, leaf) => {
    const property = fc.asyncProperty(conditionTrees(leaf), population.questions, async (condition, questions) => {
      const changes = await withSystem(db, (tx) => findNextChanges(tx, condition, questions))
      const now = await evaluate(condition, questions)
      for (const share of [0.4, 1]) {
        const later = questions.map((question, index) => ({
          ...question,
          asOf: quiet(question, changes[index]!, share),
        }))
        const then = await evaluate(condition, later)
        expect(then.map((verdict) => verdict.passes)).toEqual(now.map((verdict) => verdict.passes))
      }
      expect(changes.every((at, index) => at === null || at > questions[index]!.asOf)).toBe(true)
    })
    await fc.assert(property, { numRuns: 40 })
  },
)

test('the people listed page by page are those for whom the condition holds, and as many as are counted', async () => {
  const segments = anything.filter((condition) => needsOf(condition).size === 0)
  const property = fc.asyncProperty(segments, population.questions, async (condition, [question]) => {
    const { shopId, asOf } = question!
    const everyone = Array.from({ length: people }, (_, index) => ({ ...question!, profileId: profileId(index + 1) }))
    const verdicts = await evaluate(condition, everyone)
    const matching = everyone.filter((_, index) => verdicts[index]!.passes).map((asked) => asked.profileId)
    await withShop(db, shopId, async (tx) => {
      expect(await listAll((after) => listMatching(tx, shopId, condition, { asOf, after, limit: 20 }))).toEqual(
        matching,
      )
      expect(await countMatching(tx, shopId, condition, asOf)).toBe(matching.length)
    })
  })
  await fc.assert(property, { numRuns: 40 })
})

test('no questions take no statement, and a condition without parts holds for everyone', async () => {
  const nothing = { rows: () => Promise.reject(new Error('asked')) }
  expect(await evaluateCondition(nothing, { all: [] }, [])).toEqual([])
  const question = fc.sample(population.questions, 1)[0]![0]!
  expect(await evaluate({ all: [] }, [question])).toEqual([{ passes: true, seen: {} }])
})

test('parts of the same name are told apart in what was seen', async () => {
  const ordered = (times: number) => ({ kind: 'order-count', count: { is: 'at-least', times } }) as const
  const condition = conditionSchema.parse({ any: [ordered(1), ordered(2), ordered(1)] })
  const question = fc.sample(population.questions, 1)[0]![0]!
  expect(Object.keys((await evaluate(condition, [question]))[0]!.seen)).toEqual(['orders', 'orders (2)'])
})

test('a condition as large as it may be can be asked', async () => {
  const parts = fc.sample(anyLeaf, { seed: 3, numRuns: 100 })
  const questions = fc.sample(population.questions, 1)[0]!
  const condition = conditionSchema.parse({ any: parts })
  expect(await evaluate(condition, questions)).toHaveLength(questions.length)
  expect(await withSystem(db, (tx) => findNextChanges(tx, condition, questions))).toHaveLength(questions.length)
})

test('a segment cannot ask what only a flow knows', async () => {
  const condition = conditionSchema.parse({ kind: 'cart-has-items' })
  const counting = withSystem(db, (tx) => countMatching(tx, shopId(1), condition, new Date('2026-02-01')))
  await expect(counting).rejects.toThrow(/a segment knows no entry/)
})

/** How far into the time before `change` an answer is asked again; half a year of it when nothing is announced. */
function quiet({ asOf }: Question, change: Date | null, share: number): Date {
  const lastMs = change ? change.getTime() - 1 : asOf.getTime() + 720 * gridMs
  return new Date(asOf.getTime() + (lastMs - asOf.getTime()) * share)
}

async function listAll(page: (after: ProfileId | null) => Promise<ProfileId[]>): Promise<ProfileId[]> {
  const found: ProfileId[] = []
  for (let next = await page(null); next.length > 0; next = await page(found.at(-1)!)) found.push(...next)
  return found
}

function holds(condition: Condition, question: Question): boolean {
  if ('all' in condition) return condition.all.every((part) => holds(part, question))
  if ('any' in condition) return condition.any.some((part) => holds(part, question))
  if ('not' in condition) return !holds(condition.not, question)
  return leafHolds(condition, question)
}

function leafHolds(leaf: Leaf, question: Question): boolean {
  if (leaf.kind === 'order-count') {
    const standing = (at: Date | null) => at === null || at > question.asOf
    const orders = population.orders
      .filter((order) => order.shop_id === question.shopId && order.profile_id === question.profileId)
      .filter((order) => inside(leaf.window, order.placed_at, question))
      .filter((order) => standing(order.cancelled_at) && standing(order.deleted_at))
    return counts(leaf.count, orders.length)
  }
  if (leaf.kind !== 'event') throw new Error(`no naive evaluation of ${leaf.kind}`)
  const events = population.events
    .filter((event) => event.shop_id === question.shopId && event.profile_id === question.profileId)
    .filter((event) => event.type === leaf.type && inside(leaf.window, event.occurred_at, question))
    .filter(
      (event) =>
        !leaf.sameSubject || [event.subject, ...event.props.subjects].some((about) => about === question.subject),
    )
    .filter((event) =>
      leaf.where.every(({ is }) =>
        is.op === 'eq' ? event.props.source === is.value : is.op === 'neq' && event.props.source !== is.value,
      ),
    )
  return counts(leaf.count, events.length)
}

function inside(window: Window, time: Date, { asOf, enteredAt }: Question): boolean {
  if (time > asOf) return false
  switch (window.kind) {
    case 'ever':
      return true
    case 'last':
      return asOf.getTime() - time.getTime() < window.amount * 3_600_000
    case 'since-entry':
      return time > enteredAt
    case 'before-entry':
      return time <= enteredAt
    case 'between':
      return time >= new Date(window.from) && time < new Date(window.to)
    default:
      return assertNever(window)
  }
}

function counts({ is, times }: Count, number: number): boolean {
  return is === 'at-least' ? number >= times : is === 'at-most' ? number <= times : number === times
}
