// An order as the Admin API shows it.
import type { Order } from '#sandbox/store/model.ts'
import type { Node } from '../node.ts'
import type { StoreView } from '../store-view.ts'
import { moneyBag } from './money.ts'
import { currentTotalMinor, originalTotalMinor, refundedMinor, refundedQuantity } from './order-amounts.ts'
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
  return {
    originalTotalPriceSet: () => moneyBag(originalTotalMinor(order), currency),
    subtotalPriceSet: () => moneyBag(originalTotalMinor(order), currency),
    totalPriceSet: () => moneyBag(originalTotalMinor(order), currency),
    currentSubtotalPriceSet: () => moneyBag(currentTotalMinor(order), currency),
    currentTotalPriceSet: () => moneyBag(currentTotalMinor(order), currency),
    totalRefundedSet: () => moneyBag(refundedMinor(order), currency),
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
    subtotalLineItemsQuantity: () => order.lines.reduce((total, line) => total + line.quantity, 0),
    currentSubtotalLineItemsQuantity: () =>
      order.lines.reduce((total, line) => total + line.quantity - refundedQuantity(order, line.id), 0),
  }
}

function financialStatus(order: Order): string {
  if (!order.paidAt) return order.cancelledAt ? 'VOIDED' : 'PENDING'
  const refunded = refundedMinor(order)
  if (refunded === 0) return 'PAID'
  return refunded >= originalTotalMinor(order) ? 'REFUNDED' : 'PARTIALLY_REFUNDED'
}
