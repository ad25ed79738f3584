// checkouts/create and checkouts/update: a cart whose owner has said who they are, and the way back to it.
import { z } from 'zod'
import type { CheckoutState, Observation } from '#app/events/observation.ts'
import {
  email,
  listOf,
  minorOf,
  optionalAmount,
  optionalCurrency,
  optionalTime,
  optionalToken,
  phone,
  text,
  token,
} from '#app/events/sources/fields.ts'
import { type Told, topic } from '#app/events/sources/topic.ts'
import type { EventType, Subject } from '#app/events/vocabulary.ts'
import { basketItem, itemProps, lineFields, sumOf } from './items.ts'
import { buyerFacts, buyerIdentity, optionalAddress, optionalCustomer } from './person.ts'

const checkout = z.object({
  token,
  cart_token: optionalToken,
  email,
  phone,
  customer: optionalCustomer,
  customer_locale: text,
  billing_address: optionalAddress,
  shipping_address: optionalAddress,
  abandoned_checkout_url: text,
  currency: optionalCurrency,
  total_price: optionalAmount,
  line_items: listOf(z.object(lineFields)),
  created_at: optionalTime,
  updated_at: optionalTime,
  completed_at: optionalTime,
})

export const checkoutStarted = topic(checkout, (payload, told) => observed(payload, told, 'checkout_started'))
export const checkoutUpdated = topic(checkout, (payload, told) => observed(payload, told, 'checkout_updated'))

function observed(payload: z.infer<typeof checkout>, told: Told, type: EventType): Observation {
  const state = checkoutState(payload, told)
  const cartSubject: Subject[] = state.cartToken ? [`cart:${state.cartToken}`] : []
  const event = {
    type,
    subjects: [`checkout:${state.token}` as const, ...cartSubject],
    occurredAt: type === 'checkout_started' ? state.createdAt : state.updatedAt,
    valueMinor: state.totalMinor,
    currency: state.currency,
    props: itemProps(state.items),
  }
  return {
    identity: { ...buyerIdentity(payload), checkoutToken: state.token, cartToken: state.cartToken ?? undefined },
    profile: buyerFacts(payload, state.updatedAt),
    checkout: state,
    // A completed checkout is an order's past: nothing begins with it.
    events: state.completedAt ? [] : [event],
  }
}

function checkoutState(payload: z.infer<typeof checkout>, told: Told): CheckoutState {
  const currency = payload.currency ?? told.currency
  const items = payload.line_items.map((line) => basketItem(line, currency))
  const updatedAt = payload.updated_at ?? told.at
  return {
    token: payload.token,
    cartToken: payload.cart_token,
    url: payload.abandoned_checkout_url,
    items,
    totalMinor: payload.total_price === null ? sumOf(items) : minorOf(payload.total_price, currency),
    currency,
    locale: payload.customer_locale,
    createdAt: payload.created_at ?? updatedAt,
    completedAt: payload.completed_at,
    updatedAt,
  }
}
