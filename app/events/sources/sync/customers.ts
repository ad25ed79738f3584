// A customer as the Admin API tells it: the record, consent and tags in one.
import { z } from 'zod'
import type { ConsentFact, Observation } from '#app/events/observation.ts'
import { countryCode, email, id, optionalTime, phone, text } from '#app/events/sources/fields.ts'
import { customerEvent } from '#app/events/sources/shopify/customers.ts'
import { consentLevel, consentState } from '#app/events/sources/shopify/email-consent.ts'
import { topic } from '#app/events/sources/topic.ts'
import { syncRow } from './graphql-fields.ts'

const customer = z.object({
  id: id('Customer'),
  createdAt: optionalTime,
  updatedAt: optionalTime,
  firstName: text.optional(),
  lastName: text.optional(),
  locale: text,
  tags: z.array(z.string()).nullish(),
  defaultEmailAddress: z
    .object({
      emailAddress: email,
      marketingState: text,
      marketingOptInLevel: text,
      marketingUpdatedAt: optionalTime,
    })
    .nullish(),
  defaultPhoneNumber: z.object({ phoneNumber: phone }).nullish(),
  defaultAddress: z.object({ countryCodeV2: countryCode }).nullish().catch(null),
})

type Customer = z.infer<typeof customer>

export const customers = topic(syncRow(customer), ({ historic, node }, told): Observation => {
  const email = node.defaultEmailAddress?.emailAddress
  const phone = node.defaultPhoneNumber?.phoneNumber
  const updatedAt = node.updatedAt ?? told.at
  return {
    historic,
    identity: { customerId: node.id, ...(email && { email }), ...(phone && { phone }) },
    profile: profileFacts(node, updatedAt),
    consent: consentOf(node),
    tags: node.tags ? { all: node.tags, at: updatedAt } : undefined,
    events: node.createdAt ? [customerEvent(node.id, node.createdAt)] : [],
  }
})

/** What the query did not ask for is left out. */
function profileFacts({ firstName, lastName, locale, defaultAddress }: Customer, updatedAt: Date) {
  return {
    ...(firstName !== undefined && { firstName }),
    ...(lastName !== undefined && { lastName }),
    ...(locale && { locale }),
    ...(defaultAddress?.countryCodeV2 && { countryCode: defaultAddress.countryCodeV2 }),
    updatedAt,
  }
}

function consentOf({ defaultEmailAddress }: Customer): ConsentFact | undefined {
  if (!defaultEmailAddress?.marketingState) return undefined
  return {
    state: consentState(defaultEmailAddress.marketingState),
    level: consentLevel(defaultEmailAddress.marketingOptInLevel),
    at: defaultEmailAddress.marketingUpdatedAt,
    source: 'shopify_sync',
  }
}
