// Fulfillment webhooks: that an order was shipped, and later that it arrived.
import type { Fulfillment, Order, Shop } from '../model.ts'
import { postalAddress } from './address.ts'
import { gid, jsonId, shopTime } from './json.ts'
import { lineFields } from './order-line.ts'

/** fulfillments/create and fulfillments/update; every fulfillment ships the whole order. */
export function fulfillmentPayload(shop: Shop, order: Order, fulfillment: Fulfillment) {
  const { trackingNumber } = fulfillment
  const trackingUrl = trackingNumber === null ? null : `https://${shop.domain}/tracking/${trackingNumber}`
  const countryCode = order.customer?.countryCode ?? order.countryCode ?? shop.countryCode
  return {
    id: jsonId(fulfillment.id),
    order_id: jsonId(order.id),
    status: 'success',
    created_at: shopTime(fulfillment.createdAt, shop.timezone),
    service: 'manual',
    updated_at: shopTime(fulfillment.updatedAt, shop.timezone),
    tracking_company: trackingNumber === null ? null : 'Other',
    shipment_status: fulfillment.deliveredAt === null ? null : 'delivered',
    location_id: null,
    origin_address: null,
    email: order.email,
    destination: postalAddress(order.customer, countryCode),
    line_items: order.lines.map((line) =>
      lineFields(shop, line, { isFulfilled: true, currentQuantity: line.quantity }),
    ),
    tracking_number: trackingNumber,
    tracking_numbers: trackingNumber === null ? [] : [trackingNumber],
    tracking_url: trackingUrl,
    tracking_urls: trackingUrl === null ? [] : [trackingUrl],
    receipt: {},
    name: `${order.name}.${order.fulfillments.indexOf(fulfillment) + 1}`,
    admin_graphql_api_id: gid('Fulfillment', fulfillment.id),
  }
}

/** fulfillment_events/create, told when the parcel was delivered. */
export function deliveryPayload(shop: Shop, order: Order, delivery: { fulfillment: Fulfillment; at: Date }) {
  const at = shopTime(delivery.at, shop.timezone)
  const eventId = `${delivery.fulfillment.id}1`
  return {
    id: jsonId(eventId),
    fulfillment_id: jsonId(delivery.fulfillment.id),
    status: 'delivered',
    message: 'Delivered',
    happened_at: at,
    city: null,
    province: null,
    country: order.customer?.countryCode ?? order.countryCode ?? shop.countryCode,
    zip: null,
    address1: null,
    latitude: null,
    longitude: null,
    shop_id: jsonId(shop.id),
    created_at: at,
    updated_at: at,
    estimated_delivery_at: null,
    order_id: jsonId(order.id),
    admin_graphql_api_id: gid('FulfillmentEvent', eventId),
  }
}
