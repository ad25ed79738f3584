// carts/create and carts/update: what lies in a cart. They name no person; a checkout ties the cart to one later.
import { z } from 'zod'
import type { CartState, Observation } from '#app/events/observation.ts'
import { listOf, optionalAmount, optionalTime, token } from '#app/events/sources/fields.ts'
import { type Told, topic } from '#app/events/sources/topic.ts'
import { basketItem, itemProps, lineFields, moneySet, sumOf } from './items.ts'

const cart = z.object({
  token,
  line_items: listOf(
    z.object({
      ...lineFields,
      discounted_price: optionalAmount,
      discounted_price_set: moneySet,
      line_price_set: moneySet,
    }),
  ),
  created_at: optionalTime,
  updated_at: optionalTime,
})

type Line = z.infer<typeof cart>['line_items'][number]

export const carts = topic(cart, (payload, told): Observation => {
  const state = cartState(payload, told)
  const isEmpty = state.items.length === 0
  return {
    identity: { cartToken: state.token },
    cart: state,
    events: [
      {
        type: isEmpty ? 'cart_emptied' : 'cart_updated',
        subjects: [`cart:${state.token}`],
        occurredAt: state.updatedAt,
        valueMinor: state.totalMinor,
        currency: state.currency ?? told.currency,
        props: itemProps(state.items),
      },
    ],
  }
})

function cartState(payload: z.infer<typeof cart>, told: Told): CartState {
  const currency = payload.line_items.find((line) => line.line_price_set)?.line_price_set?.currency_code ?? null
  const items = payload.line_items
    .filter((line) => line.quantity > 0)
    .map((line) => basketItem(inShopMoney(line), currency ?? told.currency))
  const updatedAt = payload.updated_at ?? told.at
  return {
    token: payload.token,
    items,
    totalMinor: sumOf(items),
    currency,
    createdAt: payload.created_at ?? updatedAt,
    updatedAt,
  }
}

/** The plain amounts are the shopper's currency; the sets hold the shop's as well. */
function inShopMoney(line: Line) {
  return {
    ...line,
    price: line.discounted_price_set?.amount ?? line.discounted_price ?? line.price,
    line_price: line.line_price_set?.amount ?? line.line_price,
  }
}
