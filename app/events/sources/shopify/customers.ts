// customers/create and customers/update: the customer record. Consent, tags and spending come in topics of their own.
import type { Observation } from '#app/events/observation.ts'
import { gidOf } from '#app/events/sources/fields.ts'
import { type Told, topic } from '#app/events/sources/topic.ts'
import type { ShopEvent } from '#app/events/vocabulary.ts'
import { type Customer, customer } from './person.ts'

export const customerCreated = topic(customer, (payload, told) => ({
  ...customerState(payload, told),
  events: [customerEvent(gidOf(payload), payload.created_at ?? told.at)],
}))
export const customerUpdated = topic(customer, customerState)

/** That a shop got to know a customer. */
export function customerEvent(customerId: string, occurredAt: Date): ShopEvent {
  return { type: 'customer_created', subjects: ['profile'], occurredAt, props: { customerId } }
}

function customerState(payload: Customer, told: Told): Observation {
  const { email, phone } = payload
  return {
    identity: { customerId: gidOf(payload), ...(email && { email }), ...(phone && { phone }) },
    profile: {
      firstName: payload.first_name,
      lastName: payload.last_name,
      ...(payload.default_address?.country_code && { countryCode: payload.default_address.country_code }),
      updatedAt: payload.updated_at ?? told.at,
    },
    events: [],
  }
}
