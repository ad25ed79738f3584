// The parts of an order as the Admin API shows them: line items, refunds, fulfilments.
import { lineTotalMinor, refundedQuantities, refundTotalMinor } from '#sandbox/store/amounts.ts'
import type { Fulfillment, Line, Order, Refund } from '#sandbox/store/model.ts'
import type { Node } from '../node.ts'
import type { StoreView } from '../store-view.ts'
import { moneyBag } from './money.ts'
import { imageNode, variantNode } from './product.ts'

export function lineItemNode(view: StoreView, order: Order, line: Line): Node {
  const { currency } = view.store.shop
  const { product, variant } = line
  const unitPrice = () => moneyBag(line.priceMinor, currency)
  const total = () => moneyBag(lineTotalMinor(line), currency)
  return {
    __typename: 'LineItem',
    id: `gid://shopify/LineItem/${line.id}`,
    title: product.title,
    name: variant.title === 'Default Title' ? product.title : `${product.title} - ${variant.title}`,
    variantTitle: variant.title === 'Default Title' ? null : variant.title,
    quantity: line.quantity,
    currentQuantity: () => line.quantity - (refundedQuantities(order).get(line.id) ?? 0),
    sku: variant.sku,
    vendor: product.vendor,
    isGiftCard: false,
    requiresShipping: true,
    customAttributes: [],
    image: () => imageNode(product),
    originalUnitPriceSet: unitPrice,
    discountedUnitPriceSet: unitPrice,
    discountedUnitPriceAfterAllDiscountsSet: unitPrice,
    originalTotalSet: total,
    discountedTotalSet: total,
    totalDiscountSet: () => moneyBag(0, currency),
    product: () => view.product(product),
    variant: () => variantNode(view, product, variant),
  }
}

export function refundNode(view: StoreView, order: Order, refund: Refund): Node {
  const { currency } = view.store.shop
  return {
    __typename: 'Refund',
    id: `gid://shopify/Refund/${refund.id}`,
    legacyResourceId: refund.id,
    createdAt: refund.createdAt,
    processedAt: refund.createdAt,
    updatedAt: refund.createdAt,
    note: null,
    order: () => view.order(order),
    totalRefundedSet: () => moneyBag(refundTotalMinor(refund), currency),
    refundLineItems: () =>
      refund.lines.map(({ lineId, quantity, amountMinor }, index) => ({
        id: `gid://shopify/RefundLineItem/${refund.id}${index}`,
        quantity,
        subtotalSet: moneyBag(amountMinor, currency),
        restockType: 'NO_RESTOCK',
        restocked: false,
        lineItem: () => lineItemOf(view, order, lineId),
      })),
  }
}

export function fulfillmentNode(order: Order, fulfillment: Fulfillment, index: number): Node {
  return {
    __typename: 'Fulfillment',
    id: `gid://shopify/Fulfillment/${fulfillment.id}`,
    legacyResourceId: fulfillment.id,
    name: `${order.name}-F${index + 1}`,
    createdAt: fulfillment.createdAt,
    updatedAt: fulfillment.updatedAt,
    deliveredAt: fulfillment.deliveredAt,
    status: 'SUCCESS',
    displayStatus: fulfillment.deliveredAt ? 'DELIVERED' : 'FULFILLED',
    requiresShipping: true,
    trackingInfo: fulfillment.trackingNumber ? [{ company: null, number: fulfillment.trackingNumber, url: null }] : [],
  }
}

function lineItemOf(view: StoreView, order: Order, lineId: string): Node | null {
  const line = order.lines.find(({ id }) => id === lineId)
  return line ? lineItemNode(view, order, line) : null
}
