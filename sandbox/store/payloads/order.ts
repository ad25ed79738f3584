// Order webhooks: one payload for create, updated, paid, cancelled and fulfilled; the topic only says why it was sent.
import { linesTotalMinor, orderRefundedMinor, refundedQuantities } from '../amounts.ts'
import type { Order, Shop } from '../model.ts'
import { postalAddress } from './address.ts'
import { customerFields } from './customer.ts'
import { fulfillmentPayload } from './fulfillment.ts'
import { gid, jsonId, shopTime, shopTimeOrNull } from './json.ts'
import { orderLine } from './order-line.ts'
import { orderMoney } from './order-money.ts'
import { refundPayload } from './refund.ts'

/** orders/create, orders/updated, orders/paid, orders/cancelled and orders/fulfilled. */
export function orderPayload(shop: Shop, order: Order) {
  const totalMinor = linesTotalMinor(order.lines)
  const refundedMinor = orderRefundedMinor(order)
  const { customer } = order
  const address = postalAddress(customer, customer?.countryCode ?? order.countryCode ?? shop.countryCode)
  return {
    id: jsonId(order.id),
    admin_graphql_api_id: gid('Order', order.id),
    ...orderOrigin(shop, order),
    ...orderState(shop, order),
    ...orderMoney(shop.currency, { totalMinor, refundedMinor, isPaid: order.paidAt !== null }),
    billing_address: address,
    customer: customer === null ? null : customerFields(shop, customer),
    discount_applications: [],
    fulfillments: order.fulfillments.map((fulfillment) => fulfillmentPayload(shop, order, fulfillment)),
    line_items: orderLines(shop, order),
    payment_terms: null,
    refunds: order.refunds.map((refund) => refundPayload(shop, order, refund)),
    shipping_address: address,
    shipping_lines: [],
    returns: [],
    line_item_groups: [],
  }
}

/** orders/delete. */
export function deletedOrderPayload(orderId: string) {
  return { id: jsonId(orderId) }
}

function orderLines(shop: Shop, order: Order) {
  const refunded = refundedQuantities(order)
  const isFulfilled = order.fulfillments.length > 0
  return order.lines.map((line) =>
    orderLine(shop, line, { isFulfilled, currentQuantity: line.quantity - (refunded.get(line.id) ?? 0) }),
  )
}

function orderOrigin(shop: Shop, order: Order) {
  const number = Number(order.name.replace(/\D/g, ''))
  const createdAt = shopTime(order.createdAt, shop.timezone)
  return {
    app_id: null,
    browser_ip: null,
    buyer_accepts_marketing: order.customer?.consent.state === 'subscribed',
    cart_token: order.cartToken,
    checkout_token: order.checkoutToken,
    client_details: null,
    confirmation_number: null,
    confirmed: true,
    contact_email: order.email,
    created_at: createdAt,
    currency: shop.currency,
    customer_locale: order.customer?.locale ?? shop.locale,
    device_id: null,
    discount_codes: [],
    duties_included: false,
    email: order.email,
    estimated_taxes: false,
    landing_site: null,
    landing_site_ref: null,
    location_id: null,
    merchant_business_entity_id: 'MTU0ODM4MDAwOQ',
    merchant_of_record_app_id: null,
    name: order.name,
    note: null,
    note_attributes: [],
    number,
    order_number: number,
    order_status_url: `https://${shop.domain}/orders/${order.id}`,
    payment_gateway_names: ['bogus'],
    phone: null,
    po_number: null,
    presentment_currency: shop.currency,
    processed_at: createdAt,
    reference: null,
    referring_site: null,
    source_identifier: null,
    source_name: 'web',
    source_url: null,
    test: false,
    token: order.checkoutToken ?? order.id,
    user_id: null,
  }
}

function orderState(shop: Shop, order: Order) {
  return {
    cancel_reason: order.cancelledAt === null ? null : 'customer',
    cancelled_at: shopTimeOrNull(order.cancelledAt, shop.timezone),
    closed_at: null,
    financial_status: financialStatus(order),
    fulfillment_status: order.fulfillments.length > 0 ? 'fulfilled' : null,
    tags: '',
    tax_exempt: false,
    tax_lines: [],
    taxes_included: true,
    total_weight: 0,
    updated_at: shopTime(order.updatedAt, shop.timezone),
  }
}

function financialStatus(order: Order): string {
  if (order.paidAt === null) return order.cancelledAt === null ? 'pending' : 'voided'
  if (order.refunds.length === 0) return 'paid'
  const refunded = refundedQuantities(order)
  const isWhole = order.lines.every((line) => refunded.get(line.id) === line.quantity)
  return isWhole ? 'refunded' : 'partially_refunded'
}
