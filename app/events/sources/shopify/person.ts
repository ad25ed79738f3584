// The customer as it stands in customers/*, and inside orders and checkouts.
import { z } from 'zod'
import type { Identity, ProfileFacts } from '#app/events/observation.ts'
import { countryCode, email, optionalTime, phone, recordId, text } from '#app/events/sources/fields.ts'

const address = z.object({ first_name: text, last_name: text, country_code: countryCode })
export const optionalAddress = address.nullish().catch(null)

export const customer = z.object({
  ...recordId('Customer'),
  email,
  phone,
  first_name: text,
  last_name: text,
  created_at: optionalTime,
  updated_at: optionalTime,
  default_address: optionalAddress,
})
export const optionalCustomer = customer.nullish().catch(null)

export type Customer = z.infer<typeof customer>

/** Someone who bought, or is about to. */
export interface Buyer {
  email: string | null
  phone: string | null
  customer?: Customer | null
  customer_locale: string | null
  billing_address?: z.infer<typeof optionalAddress>
  shipping_address?: z.infer<typeof optionalAddress>
}

/** The customer record's address comes first: what was typed at a till or in a gift order may be another person's. */
export function buyerIdentity(buyer: Buyer): Identity {
  const customerId = buyer.customer?.admin_graphql_api_id ?? buyer.customer?.id
  const email = buyer.customer?.email ?? buyer.email
  const phone = buyer.customer?.phone ?? buyer.phone
  return { ...(customerId && { customerId }), ...(email && { email }), ...(phone && { phone }) }
}

/** What a purchase tells of its buyer. Fields that it leaves empty are left out: it does not say that they are empty. */
export function buyerFacts(buyer: Buyer, updatedAt: Date): ProfileFacts | undefined {
  const { customer, billing_address: billing, shipping_address: shipping } = buyer
  const named = [customer, billing, shipping].find((source) => source?.first_name || source?.last_name)
  const facts = {
    firstName: named?.first_name,
    lastName: named?.last_name,
    locale: buyer.customer_locale,
    countryCode: customer?.default_address?.country_code ?? billing?.country_code ?? shipping?.country_code,
  }
  const told = Object.fromEntries(Object.entries(facts).filter(([, value]) => value))
  return Object.keys(told).length > 0 ? { ...told, updatedAt: customer?.updated_at ?? updatedAt } : undefined
}
