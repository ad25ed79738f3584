// The three privacy topics: show a customer's data, forget a customer, forget a shop. The law sets the deadlines.
import { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import { email, id, listOf, optionalId, phone } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

/** May hold nothing but an e-mail address. */
const person = z.object({ id: optionalId('Customer'), email, phone })

const ofShop = { shop_domain: z.string().toLowerCase() }

const dataRequest = z.object({
  ...ofShop,
  customer: person,
  orders_requested: listOf(id('Order')),
  data_request: z.object({ id: z.union([z.number(), z.string().max(255)]).transform(String) }),
})

const redactRequest = z.object({ ...ofShop, customer: person, orders_to_redact: listOf(id('Order')) })

export const customerDataRequested = topic(dataRequest, (payload): Observation => {
  const { id: customerId, email, phone } = payload.customer
  const requestId = payload.data_request.id
  return {
    aboutShop: payload.shop_domain,
    shop: { kind: 'data_request', requestId, customerId, email, phone, orderIds: payload.orders_requested },
    events: [],
  }
})

export const customerRedacted = topic(redactRequest, (payload): Observation => {
  const { id: customerId, email, phone } = payload.customer
  return {
    aboutShop: payload.shop_domain,
    shop: { kind: 'redact_customer', customerId, email, phone, orderIds: payload.orders_to_redact },
    events: [],
  }
})

export const shopRedacted = topic(
  z.object(ofShop),
  (payload): Observation => ({ aboutShop: payload.shop_domain, shop: { kind: 'redact_shop' }, events: [] }),
)
