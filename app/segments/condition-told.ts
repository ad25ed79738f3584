// Conditions as they are told: what is true of whoever passes, as the rest of a sentence about a person.
import { assertNever } from '#app/lib/errors.ts'
import type { Told, ToldValue } from '#app/lib/told.ts'
import type { Comparison } from './comparison.ts'
import type { Condition } from './condition.ts'
import type { Kind, Leaf } from './conditions/registry.ts'
import type { Count } from './count.ts'
import type { Length, Window } from './window.ts'

/** What is said of amounts of money: the reader's own way of writing the shop's currency. */
export type MoneyTold = (amountMinor: number) => string

export function conditionTold(condition: Condition, money: MoneyTold): Told {
  if ('all' in condition) return groupTold(condition.all, 'and', money)
  if ('any' in condition) return groupTold(condition.any, 'or', money)
  if ('not' in condition) return { key: 'condition.not', values: { what: conditionTold(condition.not, money) } }
  return leafTold(condition, money)
}

function groupTold(parts: readonly Condition[], join: 'and' | 'or', money: MoneyTold): Told {
  if (parts.length === 0) return { key: 'condition.anyone' }
  const list = parts.map((part) => {
    const told = conditionTold(part, money)
    const isGroup = ('all' in part && part.all.length > 1) || ('any' in part && part.any.length > 1)
    return isGroup ? { key: 'condition.inBrackets', values: { what: told } } : told
  })
  return { key: 'condition.group', values: { parts: { list, join } } }
}

type Tellers = { [K in Kind]: { tell(leaf: Extract<Leaf, { kind: K }>, money: MoneyTold): Told } }

/** One for each kind of condition; the compiler lists what is missing. */
const tellers: Tellers = {
  event: { tell: ({ type, count, window }) => counted({ key: `did.${type}` }, count, window) },
  'profile-attribute': {
    tell: ({ of, is }) => {
      const what = of.field === 'attributes' ? of.name : { key: `attribute.${of.field}` }
      return { key: 'condition.attribute', values: { what, is: comparisonTold(is) } }
    },
  },
  consent: { tell: ({ is }) => ({ key: `condition.consent.${is}` }) },
  'order-count': { tell: ({ count, window }) => counted({ key: 'did.order' }, count, window) },
  'total-spent': {
    tell: ({ is, amountMinor, window }, money) => ({
      key: `condition.spent.${is}`,
      values: { amount: money(amountMinor), when: windowTold(window) },
    }),
  },
  'last-order': {
    tell: ({ when }) =>
      when.is === 'never'
        ? { key: 'condition.lastOrder.never' }
        : { key: `condition.lastOrder.${when.is}`, values: { length: lengthTold(when.length) } },
  },
  'in-flow': {
    tell: ({ flow, is, window }) => ({ key: `condition.inFlow.${is}`, values: { flow, when: windowTold(window) } }),
  },
  bought: {
    tell: ({ by, oneOf, count, window }) => {
      const what = { list: oneOf.slice(0, 3), join: 'or' } as const
      return counted({ key: `did.bought.${by}`, values: { what } }, count, window)
    },
  },
  'checkout-open': {
    tell: ({ which, minTotalMinor }, money) => ({
      key: `condition.checkoutOpen.${which}${minTotalMinor > 0 ? 'AtLeast' : ''}`,
      values: { amount: money(minTotalMinor) },
    }),
  },
  'cart-has-items': { tell: ({ atLeast }) => ({ key: 'condition.cartHasItems', values: { count: atLeast } }) },
}

// Methods may take a narrower parameter than their declaration says: each teller is only ever given its own leaves.
const byKind: Record<Kind, { tell(leaf: Leaf, money: MoneyTold): Told }> = tellers

const leafTold = (leaf: Leaf, money: MoneyTold): Told => byKind[leaf.kind].tell(leaf, money)

export const lengthTold = ({ amount, unit }: Length): Told => ({ key: `length.${unit}`, values: { count: amount } })

function counted(did: Told, count: Count, window: Window): Told {
  const times = count.times === 0 ? 'never' : count.is
  return { key: `condition.counted.${times}`, values: { did, count: count.times, when: windowTold(window) } }
}

/** Begins with a space, so that a window without bounds leaves no gap. */
function windowTold(window: Window): ToldValue {
  switch (window.kind) {
    case 'ever':
      return ''
    case 'last':
      return { key: 'window.last', values: { length: lengthTold(window) } }
    case 'since-entry':
    case 'before-entry':
      return { key: `window.${window.kind}` }
    case 'between':
      return { key: 'window.between', values: { from: window.from.slice(0, 10), to: window.to.slice(0, 10) } }
    default:
      return assertNever(window)
  }
}

function comparisonTold(comparison: Comparison): Told {
  if (comparison.op === 'exists') return { key: 'comparison.exists' }
  const { value } = comparison
  return { key: `comparison.${comparison.op}`, values: { value: typeof value === 'boolean' ? String(value) : value } }
}
