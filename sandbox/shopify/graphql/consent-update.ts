// customerEmailMarketingConsentUpdate: the way in which an app gives consent and its withdrawal back to Shopify.
import { z } from 'zod'
import type { ConsentState, Customer } from '#sandbox/store/model.ts'
import { demandScope } from './access.ts'
import type { Node } from './node.ts'
import type { StoreView } from './store-view.ts'

/** Writes the consent into the store, tells the hook, and answers as Shopify does. */
export function updateConsent(view: StoreView, input: unknown): Node {
  const { context, store } = view
  demandScope(context, 'write_customers', 'customerEmailMarketingConsentUpdate')
  const { customerId, emailMarketingConsent: asked } = inputSchema.parse(input)
  const customer = store.customers.get(customerId.replace('gid://shopify/Customer/', ''))
  if (!customer) return refusal(['input', 'customerId'], 'Customer not found', 'INVALID')
  const state = writableStates[asked.marketingState]
  if (!state) {
    const message = 'Marketing state must be one of: SUBSCRIBED, UNSUBSCRIBED, PENDING'
    return refusal(['input', 'emailMarketingConsent', 'marketingState'], message, 'INCLUSION')
  }
  const now = context.clock.now()
  const updatedAt = asked.consentUpdatedAt ? new Date(asked.consentUpdatedAt) : now
  if (updatedAt > now) {
    const message = 'Consent updated at must not be in the future'
    return refusal(['input', 'emailMarketingConsent', 'consentUpdatedAt'], message, 'INVALID')
  }
  write(customer, state, asked.marketingOptInLevel ?? null, updatedAt)
  customer.updatedAt = now
  context.inBackground(() => context.hooks.onConsentChanged?.(customer))
  return { customer: view.customer(customer), userErrors: [] }
}

const writableStates: Partial<Record<string, ConsentState>> = {
  SUBSCRIBED: 'subscribed',
  UNSUBSCRIBED: 'unsubscribed',
  PENDING: 'pending',
}

const inputSchema = z.object({
  customerId: z.string(),
  emailMarketingConsent: z.object({
    marketingState: z.string(),
    marketingOptInLevel: z.enum(['SINGLE_OPT_IN', 'CONFIRMED_OPT_IN', 'UNKNOWN']).nullish(),
    consentUpdatedAt: z.iso.datetime({ offset: true }).nullish(),
  }),
})

function write(customer: Customer, state: ConsentState, level: string | null, updatedAt: Date) {
  const kept = customer.consent.optInLevel ?? 'single_opt_in'
  const optInLevel = level === null ? kept : level === 'CONFIRMED_OPT_IN' ? 'confirmed_opt_in' : 'single_opt_in'
  customer.consent = { state, optInLevel, updatedAt }
}

function refusal(field: string[], message: string, code: string): Node {
  return { customer: null, userErrors: [{ field, message, code }] }
}
