// customers_email_marketing_consent/update: whether a customer wants mail. Shopify is the source of truth for consent.
import { z } from 'zod'
import type { ConsentFact, Observation } from '#app/events/observation.ts'
import { email, id, optionalTime, text } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

const consentUpdate = z.object({
  customer_id: id('Customer'),
  email_address: email,
  email_marketing_consent: z.object({ state: z.string(), opt_in_level: text, consent_updated_at: optionalTime }),
})

export const emailConsent = topic(consentUpdate, (payload): Observation => {
  const { state, opt_in_level, consent_updated_at } = payload.email_marketing_consent
  return {
    identity: { customerId: payload.customer_id, ...(payload.email_address && { email: payload.email_address }) },
    consent: {
      state: consentState(state),
      level: consentLevel(opt_in_level),
      at: consent_updated_at,
      source: 'shopify_webhook',
    },
    // Whether this makes somebody a subscriber depends on what they were before: the absorber knows.
    events: [],
  }
})

const states: Record<string, ConsentFact['state']> = {
  subscribed: 'subscribed',
  unsubscribed: 'unsubscribed',
  pending: 'pending',
  not_subscribed: 'not_subscribed',
  // An address that cannot get mail has not agreed to any.
  invalid: 'not_subscribed',
  redacted: 'redacted',
}

/** Shopify's word for a state of consent; one that is new to us counts as no consent. */
export const consentState = (word: string): ConsentFact['state'] => states[word.toLowerCase()] ?? 'unknown'

export function consentLevel(word: string | null): ConsentFact['level'] {
  const level = word?.toLowerCase()
  return level === 'single_opt_in' || level === 'confirmed_opt_in' ? level : null
}
