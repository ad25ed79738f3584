// Draws conditions at random: leaves of every kind over what a population has, and trees of them.
import fc from 'fast-check'
import { type Condition, type ConditionInput, conditionSchema } from '#app/segments/condition.ts'
import type { Kind, LeafInput } from '#app/segments/conditions/registry.ts'
import { populationSources, populationTypes, someTime } from './population.ts'

const length = fc.record({
  amount: fc.integer({ min: 1, max: 60 }).map((n) => n * 6),
  unit: fc.constant('hours' as const),
})
const instant = someTime.map((time) => time.toISOString())
const window = fc.oneof(
  fc.constantFrom({ kind: 'ever' as const }, { kind: 'since-entry' as const }, { kind: 'before-entry' as const }),
  length.map((last) => ({ kind: 'last' as const, ...last })),
  fc.record({ kind: fc.constant('between' as const), from: instant, to: instant }),
)
const count = fc.oneof(
  fc.record({ is: fc.constant('at-least' as const), times: fc.integer({ min: 1, max: 4 }) }),
  fc.record({ is: fc.constantFrom('at-most' as const, 'exactly' as const), times: fc.nat(3) }),
)
const source = fc.record({
  on: fc.constant('prop' as const),
  name: fc.constant('source'),
  is: fc.record({ op: fc.constantFrom('eq' as const, 'neq' as const), value: fc.constantFrom(...populationSources) }),
})

/** One arbitrary per kind, so that a new kind cannot be forgotten. */
export const leaves: { [K in Kind]: fc.Arbitrary<Extract<LeafInput, { kind: K }>> } = {
  event: fc.record({
    kind: fc.constant('event'),
    type: fc.constantFrom(...populationTypes),
    count,
    window,
    where: fc.array(source, { maxLength: 1 }),
    sameSubject: fc.boolean(),
  }),
  'order-count': fc.record({ kind: fc.constant('order-count'), count, window }),
  'profile-attribute': fc.record({
    kind: fc.constant('profile-attribute'),
    of: fc.constant({ field: 'country' }),
    is: fc.constantFrom({ op: 'exists' }, { op: 'eq', value: 'GB' }),
  }),
  consent: fc.record({
    kind: fc.constant('consent'),
    is: fc.constantFrom('subscribed', 'unsubscribed', 'pending', 'unknown'),
  }),
  'total-spent': fc.record({
    kind: fc.constant('total-spent'),
    is: fc.constantFrom('at-least', 'at-most'),
    amountMinor: fc.constantFrom(0, 2000, 4000, 8000),
    window,
  }),
  'last-order': fc.record({
    kind: fc.constant('last-order'),
    when: fc.oneof(
      fc.record({ is: fc.constantFrom('within', 'not-within'), length }),
      fc.constant({ is: 'never' as const }),
    ),
  }),
  'in-flow': fc.record({
    kind: fc.constant('in-flow'),
    flow: fc.constantFrom('welcome', 'win-back'),
    is: fc.constantFrom('now', 'ever', 'never'),
    window,
  }),
  bought: fc.oneof(
    fc.record({
      kind: fc.constant('bought'),
      by: fc.constant('product'),
      oneOf: fc.subarray(['product-0', 'product-1', 'product-2'], { minLength: 1 }),
      count,
      window,
    }),
    fc.record({
      kind: fc.constant('bought'),
      by: fc.constantFrom('product-type', 'product-tag'),
      oneOf: fc.subarray(['mug', 'gift', 'plate'], { minLength: 1 }),
      count,
      window,
    }),
  ),
  'checkout-open': fc.record({
    kind: fc.constant('checkout-open'),
    which: fc.constantFrom('subject', 'any'),
    minTotalMinor: fc.constantFrom(0, 2500),
  }),
  'cart-has-items': fc.record({ kind: fc.constant('cart-has-items'), atLeast: fc.integer({ min: 1, max: 3 }) }),
}

export const anyLeaf: fc.Arbitrary<LeafInput> = fc.oneof(...Object.values(leaves))

/** Trees over such leaves, read by the schema as any condition is. */
export function conditionTrees(leaf: fc.Arbitrary<LeafInput>): fc.Arbitrary<Condition> {
  const { tree } = fc.letrec<{ tree: ConditionInput }>((tie) => ({
    tree: fc.oneof(
      { maxDepth: 3, depthSize: 'small' },
      leaf,
      fc.record({ all: fc.array(tie('tree'), { maxLength: 3 }) }),
      fc.record({ any: fc.array(tie('tree'), { minLength: 1, maxLength: 3 }) }),
      fc.record({ not: tie('tree') }),
    ),
  }))
  return tree.map((input) => conditionSchema.parse(input))
}
