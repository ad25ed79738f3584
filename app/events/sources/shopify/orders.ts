// orders/*: one payload for every topic. The payload gives the order's state, the topic says what has just happened.
import { z } from 'zod'
import type { Observation, OrderState } from '#app/events/observation.ts'
import {
  currency,
  email,
  flag,
  gidOf,
  listOf,
  optionalAmount,
  optionalTime,
  optionalToken,
  phone,
  recordId,
  text,
} from '#app/events/sources/fields.ts'
import { type Told, topic } from '#app/events/sources/topic.ts'
import type { EventType, ShopEvent, Subject } from '#app/events/vocabulary.ts'
import { itemProps, moneySet } from './items.ts'
import { isPaid, orderLine, orderTotal, toOrderLine } from './order-amounts.ts'
import { buyerFacts, buyerIdentity, optionalAddress, optionalCustomer } from './person.ts'

const order = z.object({
  ...recordId('Order'),
  name: text,
  cart_token: optionalToken,
  checkout_token: optionalToken,
  email,
  contact_email: email,
  phone,
  customer: optionalCustomer,
  customer_locale: text,
  billing_address: optionalAddress,
  shipping_address: optionalAddress,
  currency,
  total_price: optionalAmount,
  total_price_set: moneySet,
  test: flag,
  source_name: text,
  financial_status: text,
  fulfillment_status: text,
  fulfillments: listOf(z.object({ created_at: optionalTime })),
  line_items: listOf(orderLine),
  created_at: optionalTime,
  processed_at: optionalTime,
  updated_at: optionalTime,
  cancelled_at: optionalTime,
})

type Order = z.infer<typeof order>

/** The reader of a topic that brings an order's state and, unless it is null, tells of `happened`. */
const orderTopic = (happened: EventType | null) =>
  topic(order, (payload, told): Observation => {
    const state = orderState(payload, told)
    return {
      identity: {
        ...buyerIdentity({ ...payload, email: payload.email ?? payload.contact_email }),
        checkoutToken: state.checkoutToken ?? undefined,
        cartToken: state.cartToken ?? undefined,
      },
      profile: buyerFacts(payload, state.updatedAt),
      order: state,
      events: happened ? [orderEvent(happened, state, payload.source_name)] : [],
    }
  })

export const orderCreated = orderTopic('order_placed')
export const orderUpdated = orderTopic(null)
export const orderPaid = orderTopic('order_paid')
export const orderCancelled = orderTopic('order_cancelled')
export const orderFulfilled = orderTopic('order_fulfilled')

function orderState(payload: Order, told: Told): OrderState {
  const updatedAt = payload.updated_at ?? told.at
  const placedAt = payload.created_at ?? payload.processed_at ?? updatedAt
  const shippedAt = payload.fulfillments.map((fulfilment) => fulfilment.created_at).filter((time) => time !== null)
  return {
    orderId: gidOf(payload),
    name: payload.name,
    cartToken: payload.cart_token,
    checkoutToken: payload.checkout_token,
    currency: payload.total_price_set?.currency_code ?? payload.currency,
    totalMinor: orderTotal(payload),
    isTest: payload.test,
    lines: payload.line_items.map((line) => toOrderLine(line, payload.currency)),
    placedAt,
    paidAt: paidAt(payload, told, { placedAt, updatedAt }),
    fulfilledAt: payload.fulfillment_status === 'fulfilled' ? (latest(shippedAt) ?? updatedAt) : null,
    cancelledAt: payload.cancelled_at ?? (told.topic === 'orders/cancelled' ? told.at : null),
    updatedAt,
  }
}

/** Paid at once, or at the latest when the source last touched the order. */
function paidAt({ financial_status }: Order, told: Told, { placedAt, updatedAt }: { placedAt: Date; updatedAt: Date }) {
  if (told.topic === 'orders/paid') return told.at < updatedAt ? told.at : updatedAt
  if (!isPaid(financial_status)) return null
  return told.topic === 'orders/create' ? placedAt : updatedAt
}

const latest = (times: Date[]) => times.reduce<Date | null>((last, time) => (last && last > time ? last : time), null)

function orderEvent(type: EventType, state: OrderState, source: string | null): ShopEvent {
  const occurredAt: Partial<Record<EventType, Date | null>> = {
    order_placed: state.placedAt,
    order_paid: state.paidAt,
    order_cancelled: state.cancelledAt,
    order_fulfilled: state.fulfilledAt,
  }
  return {
    type,
    subjects: orderSubjects(state),
    occurredAt: occurredAt[type] ?? state.updatedAt,
    valueMinor: state.totalMinor,
    currency: state.currency,
    props: { ...itemProps(state.lines), isTest: state.isTest, ...(source && { source }) },
  }
}

/** The order, and the checkout and cart it came from. */
export function orderSubjects({ orderId, checkoutToken, cartToken }: OrderState): Subject[] {
  const subjects: Subject[] = [`order:${orderId}`]
  if (checkoutToken) subjects.push(`checkout:${checkoutToken}`)
  if (cartToken) subjects.push(`cart:${cartToken}`)
  return subjects
}
