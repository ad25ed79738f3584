// The three privacy webhooks that every app must honour: show a customer's data, forget a customer, forget a shop.
import type { Customer, Shop } from '../model.ts'
import { jsonId } from './json.ts'

export interface DataRequest {
  requestId: string
  customer: Customer
  orderIds: string[]
}

/** customers/data_request. */
export function dataRequestPayload(shop: Shop, { requestId, customer, orderIds }: DataRequest) {
  return {
    ...shopRedactPayload(shop),
    customer: contact(customer),
    orders_requested: orderIds.map(jsonId),
    data_request: { id: jsonId(requestId) },
  }
}

/** customers/redact. */
export function customerRedactPayload(shop: Shop, { customer, orderIds }: { customer: Customer; orderIds: string[] }) {
  return { ...shopRedactPayload(shop), customer: contact(customer), orders_to_redact: orderIds.map(jsonId) }
}

/** shop/redact. */
export function shopRedactPayload(shop: Shop) {
  return { shop_id: jsonId(shop.id), shop_domain: shop.domain }
}

function contact({ id, email, phone }: Customer) {
  return { id: jsonId(id), email, phone }
}
