// An order as the Admin API tells it: from the first sync, or from the sweep for what a lost webhook did not tell.
import { z } from 'zod'
import type { Observation, OrderLine, OrderState } from '#app/events/observation.ts'
import {
  email,
  flag,
  id,
  optionalId,
  optionalTime,
  optionalToken,
  quantity,
  text,
  time,
  titleText,
} from '#app/events/sources/fields.ts'
import { itemProps } from '#app/events/sources/shopify/items.ts'
import { isPaid } from '#app/events/sources/shopify/order-amounts.ts'
import { orderSubjects } from '#app/events/sources/shopify/orders.ts'
import { topic } from '#app/events/sources/topic.ts'
import type { EventType, ShopEvent } from '#app/events/vocabulary.ts'
import { connection, minorOfBag, moneyBag, syncRow } from './graphql-fields.ts'

const lineItem = z.object({
  id: id('LineItem'),
  title: titleText,
  variantTitle: text,
  quantity,
  discountedUnitPriceAfterAllDiscountsSet: moneyBag,
  product: z.object({ id: optionalId('Product') }).nullish(),
  variant: z.object({ id: optionalId('ProductVariant') }).nullish(),
})

const order = z.object({
  id: id('Order'),
  name: text,
  createdAt: time,
  processedAt: optionalTime,
  updatedAt: time,
  cancelledAt: optionalTime,
  test: flag,
  displayFinancialStatus: text,
  displayFulfillmentStatus: text,
  cartToken: optionalToken,
  checkoutToken: optionalToken,
  email,
  customer: z.object({ id: id('Customer') }).nullish(),
  currentTotalPriceSet: moneyBag,
  totalRefundedSet: moneyBag.nullish(),
  lineItems: connection(lineItem),
})

type Order = z.infer<typeof order>

export const orders = topic(syncRow(order), ({ historic, node }): Observation => {
  const state = orderState(node, historic)
  const { checkoutToken, cartToken } = state
  return {
    historic,
    identity: {
      ...(node.customer && { customerId: node.customer.id }),
      ...(node.email && { email: node.email }),
      ...(checkoutToken && { checkoutToken }),
      ...(cartToken && { cartToken }),
    },
    order: state,
    events: orderEvents(state),
  }
})

function orderState(node: Order, historic: boolean): OrderState {
  const refundedMinor = node.totalRefundedSet ? minorOfBag(node.totalRefundedSet) : undefined
  // The API does not tell when: of the past it is taken to be at once, as with nearly all, else as late as can be.
  const paidAt = historic ? (node.processedAt ?? node.createdAt) : node.updatedAt
  return {
    orderId: node.id,
    name: node.name,
    cartToken: node.cartToken,
    checkoutToken: node.checkoutToken,
    currency: node.currentTotalPriceSet.shopMoney.currencyCode,
    totalMinor: minorOfBag(node.currentTotalPriceSet) + (refundedMinor ?? 0),
    refundedMinor,
    isTest: node.test,
    lines: node.lineItems.map(orderLine),
    placedAt: node.createdAt,
    paidAt: isPaid(node.displayFinancialStatus) ? paidAt : null,
    fulfilledAt: node.displayFulfillmentStatus?.toLowerCase() === 'fulfilled' ? node.updatedAt : null,
    cancelledAt: node.cancelledAt,
    updatedAt: node.updatedAt,
  }
}

function orderLine(line: z.infer<typeof lineItem>): OrderLine {
  const priceMinor = minorOfBag(line.discountedUnitPriceAfterAllDiscountsSet)
  return {
    lineId: line.id,
    productId: line.product?.id ?? null,
    variantId: line.variant?.id ?? null,
    title: line.title,
    variantTitle: line.variantTitle,
    quantity: line.quantity,
    priceMinor,
    lineMinor: priceMinor * line.quantity,
  }
}

/** Everything that has happened to the order so far; what is known already is recognised by its key. */
function orderEvents(state: OrderState): ShopEvent[] {
  const happened: [EventType, Date | null][] = [
    ['order_placed', state.placedAt],
    ['order_paid', state.paidAt],
    ['order_fulfilled', state.fulfilledAt],
    ['order_cancelled', state.cancelledAt],
  ]
  const common = {
    subjects: orderSubjects(state),
    valueMinor: state.totalMinor,
    currency: state.currency,
    props: { ...itemProps(state.lines), isTest: state.isTest },
  }
  return happened.flatMap(([type, occurredAt]) => (occurredAt ? [{ type, occurredAt, ...common }] : []))
}
