// Customer webhooks: since 2025-01 consent, tags and purchases travel in topics of their own, not in the customer.
import type { Customer, Shop } from '../model.ts'
import { customerAddress } from './address.ts'
import { decimal, gid, jsonId, shopTime, shopTimeOrNull } from './json.ts'

/** customers/create and customers/update. */
export function customerPayload(shop: Shop, customer: Customer) {
  return { ...customerFields(shop, customer), addresses: [customerAddress(customer)] }
}

/** The customer as it stands inside orders and checkouts. */
export function customerFields(shop: Shop, customer: Customer) {
  return {
    id: jsonId(customer.id),
    created_at: shopTime(customer.createdAt, shop.timezone),
    updated_at: shopTime(customer.updatedAt, shop.timezone),
    first_name: customer.firstName,
    last_name: customer.lastName,
    state: 'disabled',
    note: null,
    verified_email: true,
    multipass_identifier: null,
    tax_exempt: false,
    email: customer.email,
    phone: customer.phone,
    currency: shop.currency,
    tax_exemptions: [],
    admin_graphql_api_id: gid('Customer', customer.id),
    default_address: customerAddress(customer),
  }
}

/** customers/delete. */
export function deletedCustomerPayload(customerId: string) {
  return { id: jsonId(customerId), tax_exemptions: [], admin_graphql_api_id: gid('Customer', customerId) }
}

/** customers_email_marketing_consent/update. */
export function emailConsentPayload(shop: Shop, { id, email, consent }: Customer) {
  return {
    customer_id: jsonId(id),
    email_address: email,
    email_marketing_consent: {
      state: consent.state,
      opt_in_level: consent.optInLevel,
      consent_updated_at: shopTimeOrNull(consent.updatedAt, shop.timezone),
    },
  }
}

/** customer.tags_added and customer.tags_removed. */
export function customerTagsPayload(customerId: string, tags: string[], at: Date) {
  return { customerId: gid('Customer', customerId), tags, occurredAt: at.toISOString() }
}

export interface PurchasingSummary {
  customerId: string
  orders: number
  spentMinor: number
  lastOrderId: string | null
  at: Date
}

/** customers/purchasing_summary. */
export function purchasingSummaryPayload(shop: Shop, summary: PurchasingSummary) {
  return {
    customerId: gid('Customer', summary.customerId),
    numberOfOrders: summary.orders,
    amountSpent: { amount: decimal(summary.spentMinor, shop.currency), currencyCode: shop.currency },
    lastOrderId: summary.lastOrderId === null ? null : gid('Order', summary.lastOrderId),
    occurredAt: summary.at.toISOString(),
  }
}
