// Which events a delivery tells of: those that it names, and those that follow from the state it brings. What is known
// already is dropped by its key when events are appended, so each may be told as often as it likes.
import type { ConsentFact, Observation, OrderState } from '#app/events/observation.ts'
import { itemProps } from '#app/events/sources/shopify/items.ts'
import type { EventType, ShopEvent, Subject } from '#app/events/vocabulary.ts'
import type { KnownOrder } from '#app/orders/known-order.ts'
import type { SavedOrder } from '#app/orders/save-orders.server.ts'

/** What became of a delivery's state when it was written. */
export interface Aftermath {
  /** The order that it is or speaks of; null as long as that is not known. */
  order: KnownOrder | null
  /** What had been waiting for the order that it brings. */
  held: SavedOrder['held'] | null
  consentChange: { became: 'subscribed' | 'unsubscribed'; fact: ConsentFact } | null
  /** Dates a consent without a time. */
  toldAt: Date
}

/** The events of one delivery. What concerns an order that is not known yet waits until it is. */
export function eventsOf(observation: Observation, { order, held, consentChange, toldAt }: Aftermath): ShopEvent[] {
  const told = observation.events.flatMap((event) => {
    if (!isAboutPartOfOrder(event)) return [event]
    if (!order) return []
    const props = event.type === 'order_refunded' ? { ...event.props, ...inAll(order.refundedMinor) } : event.props
    return [{ ...event, props, subjects: subjectsOf(order), currency: event.currency && order.currency }]
  })
  const implied = [
    ...(observation.order ? impliedByOrder(observation.order) : []),
    ...(observation.checkout ? [checkoutStarted(observation)] : []),
  ]
  const kinds = new Set(implied.map(({ type }) => type))
  return [
    ...implied.map((event) => told.find(({ type }) => type === event.type) ?? event),
    ...told.filter(({ type }) => !kinds.has(type)),
    ...(order && held ? heldEvents(order, held) : []),
    ...(consentChange ? [consentEvent(consentChange.became, consentChange.fact, toldAt)] : []),
  ]
}

/** An event is history, and nothing reacts to it, when it is learned of so late that nobody would expect a mail. */
export function isLive(event: ShopEvent, observation: Observation, receivedAt: Date): boolean {
  return !observation.historic && receivedAt.getTime() - event.occurredAt.getTime() <= longestNewsMs
}

/** Longer than Shopify repeats a delivery, and than the sweep needs to find one that was lost. */
const longestNewsMs = 7 * 24 * 3_600_000

const isAboutPartOfOrder = ({ type }: ShopEvent) => type === 'order_refunded' || type === 'order_delivered'

function impliedByOrder(order: OrderState): ShopEvent[] {
  const happened: [EventType, Date | null][] = [
    ['order_placed', order.placedAt],
    ['order_paid', order.paidAt],
    ['order_fulfilled', order.fulfilledAt],
    ['order_cancelled', order.cancelledAt],
  ]
  const common = {
    subjects: subjectsOf(order),
    valueMinor: order.totalMinor,
    currency: order.currency,
    props: { ...itemProps(order.lines), isTest: order.isTest },
  }
  return happened.flatMap(([type, occurredAt]) => (occurredAt ? [{ type, occurredAt, ...common }] : []))
}

function checkoutStarted({ checkout }: Observation): ShopEvent {
  const { token, cartToken, createdAt, totalMinor, currency, items } = checkout!
  const cart: Subject[] = cartToken ? [`cart:${cartToken}`] : []
  return {
    type: 'checkout_started',
    subjects: [`checkout:${token}`, ...cart],
    occurredAt: createdAt,
    valueMinor: totalMinor,
    currency,
    props: itemProps(items),
  }
}

function heldEvents(order: KnownOrder, { refunds, deliveries }: SavedOrder['held']): ShopEvent[] {
  const subjects = subjectsOf(order)
  const refundedMinor = refunds.reduce((sum, { amountMinor }) => sum + amountMinor, 0)
  return [
    ...refunds.map(
      ({ refundId, amountMinor, at }): ShopEvent => ({
        type: 'order_refunded',
        subjects,
        occurredAt: at,
        valueMinor: amountMinor,
        currency: order.currency,
        props: { refundId, ...inAll(refundedMinor) },
      }),
    ),
    ...deliveries.map(
      ({ fulfilmentId, at }): ShopEvent => ({
        type: 'order_delivered',
        subjects,
        occurredAt: at,
        props: { fulfilmentId },
      }),
    ),
  ]
}

/** Several refunds can make up the whole order, so each says how much was given back in all. */
function inAll(refundedMinor: number | undefined): ShopEvent['props'] {
  return refundedMinor === undefined ? {} : { refundedMinor }
}

function consentEvent(type: 'subscribed' | 'unsubscribed', fact: ConsentFact, toldAt: Date): ShopEvent {
  const { source, level } = fact
  return { type, subjects: ['profile'], occurredAt: fact.at ?? toldAt, props: { source, level } }
}

/** The order, and the checkout and cart that it came from. */
function subjectsOf(order: Pick<KnownOrder, 'orderId' | 'checkoutToken' | 'cartToken'>): Subject[] {
  const { orderId, checkoutToken, cartToken } = order
  return [
    `order:${orderId}`,
    ...(checkoutToken ? [`checkout:${checkoutToken}` as const] : []),
    ...(cartToken ? [`cart:${cartToken}` as const] : []),
  ]
}
