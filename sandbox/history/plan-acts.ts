// Decides from one history entry what happened in the shop around it, and when: only the order itself is on record.
import { between, chance, pickSome, randomFor, token } from '#sandbox/lib/random.ts'
import type { Customer, Line } from '#sandbox/store/model.ts'
import type { Cast } from './cast.ts'
import { findCountryCode } from './country-codes.ts'
import type { HistoryEntry, OrderEntry, RefundEntry } from './history.ts'

/** One trip from a filled cart to a checkout, bought or left. */
export interface Visit {
  customer: Customer | null
  /** Name of the customer in the history, by which the decision about consent is made. */
  customerName: string | null
  countryCode: string | undefined
  lines: Line[]
  cartToken: string
  checkoutToken: string
}

export type Act =
  | { kind: 'fill-cart'; visit: Visit }
  | { kind: 'check-out'; visit: Visit }
  | { kind: 'order'; visit: Visit; invoice: string; orderId: string }
  | { kind: 'pay'; invoice: string }
  | { kind: 'ship'; invoice: string; fulfillmentId: string }
  | { kind: 'fulfil'; invoice: string }
  | { kind: 'deliver'; invoice: string }
  | { kind: 'refund'; entry: RefundEntry; refundId: string }

export interface PlannedAct {
  atMs: number
  act: Act
}

export interface PlanOptions {
  seed: string
  /** Share of customers' orders before which a checkout was left, 0 to 1. */
  abandonShare: number
}

const SECOND_MS = 1000
const MINUTE_MS = 60 * SECOND_MS
const HOUR_MS = 60 * MINUTE_MS
const DAY_MS = 24 * HOUR_MS

const DELIVERED_SHARE = 0.8
const MOST_LINES_LEFT = 5

/** No act is earlier than its entry by more than this. */
export const LOOK_BACK_MS = 10 * DAY_MS

/** The acts of one entry in the order in which they happen when their times are equal. */
export function planActs(entry: HistoryEntry, cast: Cast, options: PlanOptions): PlannedAct[] {
  if (entry.kind === 'refund') return [planRefund(entry, cast)]
  const visit = createVisit(entry, cast, options)
  return [...planAbandonment(entry, visit, options), ...planOrder(entry, visit, { cast, seed: options.seed })]
}

function createVisit(entry: OrderEntry, cast: Cast, { seed }: PlanOptions): Visit {
  const { invoice, customer, country } = entry
  return {
    customer: customer === null ? null : cast.customer(customer, country),
    customerName: customer,
    countryCode: findCountryCode(country),
    lines: entry.lines.map((line) => cast.line(line)),
    ...tokens(seed, `order:${invoice}`),
  }
}

function planOrder(entry: OrderEntry, visit: Visit, { cast, seed }: { cast: Cast; seed: string }): PlannedAct[] {
  const { invoice } = entry
  const orderedMs = entry.at.getTime()
  const random = randomFor(seed, `times:${invoice}`)
  const cartMs = orderedMs - between(random, 4, 25) * MINUTE_MS
  const checkoutMs = cartMs + between(random, 1, 3) * MINUTE_MS
  const shippedMs = orderedMs + DAY_MS
  const deliveredMs = shippedMs + between(random, 48, 96) * HOUR_MS
  const acts: PlannedAct[] = [
    { atMs: cartMs, act: { kind: 'fill-cart', visit } },
    { atMs: checkoutMs, act: { kind: 'check-out', visit } },
    { atMs: orderedMs, act: { kind: 'order', visit, invoice, orderId: cast.nextId('order') } },
    // A second later, so that the newer of two states of the order can be told by its `updated_at`.
    { atMs: orderedMs + SECOND_MS, act: { kind: 'pay', invoice } },
    { atMs: shippedMs, act: { kind: 'ship', invoice, fulfillmentId: cast.nextId('fulfillment') } },
    { atMs: shippedMs + SECOND_MS, act: { kind: 'fulfil', invoice } },
  ]
  if (chance(random, DELIVERED_SHARE)) acts.push({ atMs: deliveredMs, act: { kind: 'deliver', invoice } })
  return acts
}

function planAbandonment({ invoice, at }: OrderEntry, bought: Visit, options: PlanOptions): PlannedAct[] {
  const random = randomFor(options.seed, `abandoned:${invoice}`)
  if (bought.customer === null || !chance(random, options.abandonShare)) return []
  const left: Visit = {
    ...bought,
    ...tokens(options.seed, `abandoned:${invoice}`),
    lines: pickSome(random, bought.lines, between(random, 1, MOST_LINES_LEFT)),
  }
  const checkoutMs = at.getTime() - between(random, 2 * 60, LOOK_BACK_MS / MINUTE_MS - 5) * MINUTE_MS
  const cartMs = checkoutMs - between(random, 1, 5) * MINUTE_MS
  return [
    { atMs: cartMs, act: { kind: 'fill-cart', visit: left } },
    { atMs: checkoutMs, act: { kind: 'check-out', visit: left } },
  ]
}

function planRefund(entry: RefundEntry, cast: Cast): PlannedAct {
  // Later than the payment of an order that is refunded in the same minute.
  const atMs = entry.at.getTime() + 2 * SECOND_MS
  return { atMs, act: { kind: 'refund', entry, refundId: cast.nextId('refund') } }
}

function tokens(seed: string, key: string): { cartToken: string; checkoutToken: string } {
  const random = randomFor(seed, `tokens:${key}`)
  return { cartToken: token(random), checkoutToken: token(random) }
}
