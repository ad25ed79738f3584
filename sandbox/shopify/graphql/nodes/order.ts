// An order as the Admin API shows it.
import { linesTotalMinor, orderRefundedMinor, refundedQuantities } from '#sandbox/store/amounts.ts'
import type { Order } from '#sandbox/store/model.ts'
import type { Node } from '../node.ts'
import type { StoreView } from '../store-view.ts'
import { moneyBag } from './money.ts'
import { fulfillmentNode, lineItemNode, refundNode } from './order-parts.ts'

export function orderNode(view: StoreView, order: Order): Node {
  const { currency } = view.store.shop
  return {
    __typename: 'Order',
    id: `gid://shopify/Order/${order.id}`,
    legacyResourceId: order.id,
    name: order.name,
    number: () => Number(order.name.replace(/\D/g, '')),
    createdAt: order.createdAt,
    processedAt: order.createdAt,
    updatedAt: order.updatedAt,
    cancelledAt: order.cancelledAt,
    closedAt: null,
    closed: false,
    confirmed: true,
    test: false,
    note: null,
    tags: [],
    cartToken: order.cartToken,
    checkoutToken: order.checkoutToken,
    sourceName: 'web',
    email: order.email,
    customer: () => (order.customer ? view.customer(order.customer) : null),
    customerLocale: order.customer?.locale ?? null,
    customerAcceptsMarketing: order.customer?.consent.state === 'subscribed',
    customAttributes: [],
    discountCode: null,
    discountCodes: [],
    currencyCode: currency,
    presentmentCurrencyCode: currency,
    ...statuses(order),
    ...amounts(order, currency),
    ...parts(view, order),
  }
}

function statuses(order: Order): Node {
  const isPaid = order.paidAt !== null
  return {
    displayFinancialStatus: () => financialStatus(order),
    displayFulfillmentStatus: order.fulfillments.length > 0 ? 'FULFILLED' : 'UNFULFILLED',
    fullyPaid: isPaid,
    unpaid: !isPaid,
    requiresShipping: true,
  }
}

function amounts(order: Order, currency: string): Node {
  const none = moneyBag(0, currency)
  const original = () => moneyBag(linesTotalMinor(order.lines), currency)
  const current = () => moneyBag(linesTotalMinor(order.lines) - orderRefundedMinor(order), currency)
  return {
    originalTotalPriceSet: original,
    subtotalPriceSet: original,
    totalPriceSet: original,
    currentSubtotalPriceSet: current,
    currentTotalPriceSet: current,
    totalRefundedSet: () => moneyBag(orderRefundedMinor(order), currency),
    currentTotalDiscountsSet: none,
    currentTotalTaxSet: none,
    totalDiscountsSet: none,
    totalShippingPriceSet: none,
    totalTaxSet: none,
  }
}

function parts(view: StoreView, order: Order): Node {
  return {
    lineItems: () => order.lines.map((line) => lineItemNode(view, order, line)),
    refunds: () => order.refunds.map((refund) => refundNode(view, order, refund)),
    fulfillments: () => order.fulfillments.map((fulfillment, index) => fulfillmentNode(order, fulfillment, index)),
    subtotalLineItemsQuantity: () => orderedQuantity(order),
    currentSubtotalLineItemsQuantity: () => orderedQuantity(order) - sum(refundedQuantities(order).values()),
    shippingAddress: { countryCodeV2: order.customer?.countryCode ?? order.countryCode ?? view.store.shop.countryCode },
  }
}

function orderedQuantity(order: Order): number {
  return sum(order.lines.map((line) => line.quantity))
}

function sum(numbers: Iterable<number>): number {
  return [...numbers].reduce((total, number) => total + number, 0)
}

function financialStatus(order: Order): string {
  if (!order.paidAt) return order.cancelledAt ? 'VOIDED' : 'PENDING'
  const refunded = orderRefundedMinor(order)
  if (refunded === 0) return 'PAID'
  return refunded >= linesTotalMinor(order.lines) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
}
