// Refund webhooks: what was given back, line by line, and the payment that carried it.
import { invariant } from '#app/lib/errors.ts'
import { refundTotalMinor } from '../amounts.ts'
import type { Order, Refund, Shop } from '../model.ts'
import { decimal, gid, jsonId, moneySet, shopTime } from './json.ts'
import { lineFields } from './order-line.ts'

/** refunds/create. */
export function refundPayload(shop: Shop, order: Order, refund: Refund) {
  const createdAt = shopTime(refund.createdAt, shop.timezone)
  return {
    id: jsonId(refund.id),
    order_id: jsonId(order.id),
    created_at: createdAt,
    note: null,
    user_id: null,
    processed_at: createdAt,
    duties: [],
    total_duties_set: moneySet(decimal(0, shop.currency), shop.currency),
    return: null,
    refund_shipping_lines: [],
    restock: false,
    admin_graphql_api_id: gid('Refund', refund.id),
    order_adjustments: [],
    refund_line_items: refund.lines.map((_, index) => refundLine(shop, order, { refund, index })),
    transactions: [refundTransaction(shop, order, refund)],
  }
}

function refundLine(shop: Shop, order: Order, { refund, index }: { refund: Refund; index: number }) {
  const refunded = refund.lines[index]
  const line = order.lines.find((other) => other.id === refunded?.lineId)
  invariant(refunded && line, `refund ${refund.id} names a line that order ${order.id} does not have`)
  const subtotal = decimal(refunded.amountMinor, shop.currency)
  const isFulfilled = order.fulfillments.length > 0
  return {
    id: jsonId(`${refund.id}${String(index + 1).padStart(3, '0')}`),
    quantity: refunded.quantity,
    line_item_id: jsonId(line.id),
    location_id: null,
    restock_type: 'no_restock',
    // Shopify writes these two, and only these two, as numbers.
    subtotal: JSON.rawJSON(subtotal),
    total_tax: 0,
    subtotal_set: moneySet(subtotal, shop.currency),
    total_tax_set: moneySet(decimal(0, shop.currency), shop.currency),
    line_item: lineFields(shop, line, { isFulfilled, currentQuantity: line.quantity - refunded.quantity }),
  }
}

function refundTransaction(shop: Shop, order: Order, refund: Refund) {
  const unsettled = { amount: decimal(0, shop.currency), currency: shop.currency }
  const at = shopTime(refund.createdAt, shop.timezone)
  return {
    id: jsonId(refund.id),
    order_id: jsonId(order.id),
    kind: 'refund',
    gateway: 'bogus',
    status: 'success',
    message: null,
    created_at: at,
    test: false,
    authorization: null,
    location_id: null,
    user_id: null,
    parent_id: null,
    processed_at: at,
    device_id: null,
    error_code: null,
    source_name: 'web',
    receipt: {},
    amount: decimal(refundTotalMinor(refund), shop.currency),
    currency: shop.currency,
    payment_id: `${order.name}.${refund.id}`,
    total_unsettled_set: { presentment_money: unsettled, shop_money: unsettled },
    manual_payment_gateway: false,
    amount_rounding: null,
    admin_graphql_api_id: gid('OrderTransaction', refund.id),
  }
}
