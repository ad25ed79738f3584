// Every webhook topic that Tern understands. A new one is a file beside this and a line here.

import type { TopicReader } from '#app/events/sources/topic.ts'
import { bulkOperationFinished } from './bulk-operations.ts'
import { carts } from './carts.ts'
import { checkoutDeleted } from './checkout-deleted.ts'
import { checkoutStarted, checkoutUpdated } from './checkouts.ts'
import { customerDataRequested, customerRedacted, shopRedacted } from './compliance.ts'
import { customerDeleted } from './customer-deleted.ts'
import { customerMerged } from './customer-merged.ts'
import { tagsAdded, tagsRemoved } from './customer-tags.ts'
import { customerCreated, customerUpdated } from './customers.ts'
import { emailConsent } from './email-consent.ts'
import { fulfilmentEvents } from './fulfilment-events.ts'
import { fulfilments } from './fulfilments.ts'
import { orderDeleted } from './order-deleted.ts'
import { orderCancelled, orderCreated, orderFulfilled, orderPaid, orderUpdated } from './orders.ts'
import { productDeleted } from './product-deleted.ts'
import { products } from './products.ts'
import { purchasingSummary } from './purchasing-summary.ts'
import { refunds } from './refunds.ts'
import { scopesUpdated } from './scopes.ts'
import { appUninstalled, shopUpdated } from './shop.ts'

/** The topics that Shopify sends for the law's sake, also for a shop that has uninstalled. */
export const complianceTopics = ['customers/data_request', 'customers/redact', 'shop/redact'] as const
export type ComplianceTopic = (typeof complianceTopics)[number]

export const shopifyTopics = {
  'app/uninstalled': appUninstalled,
  'app/scopes_update': scopesUpdated,
  'shop/update': shopUpdated,
  'bulk_operations/finish': bulkOperationFinished,
  'carts/create': carts,
  'carts/update': carts,
  'checkouts/create': checkoutStarted,
  'checkouts/update': checkoutUpdated,
  'checkouts/delete': checkoutDeleted,
  'orders/create': orderCreated,
  'orders/updated': orderUpdated,
  'orders/paid': orderPaid,
  'orders/cancelled': orderCancelled,
  'orders/fulfilled': orderFulfilled,
  'orders/delete': orderDeleted,
  'refunds/create': refunds,
  'fulfillments/create': fulfilments,
  'fulfillments/update': fulfilments,
  'fulfillment_events/create': fulfilmentEvents,
  'customers/create': customerCreated,
  'customers/update': customerUpdated,
  'customers/delete': customerDeleted,
  'customers/merge': customerMerged,
  'customers_email_marketing_consent/update': emailConsent,
  'customer.tags_added': tagsAdded,
  'customer.tags_removed': tagsRemoved,
  'customers/purchasing_summary': purchasingSummary,
  'products/create': products,
  'products/update': products,
  'products/delete': productDeleted,
  'customers/data_request': customerDataRequested,
  'customers/redact': customerRedacted,
  'shop/redact': shopRedacted,
} satisfies Record<string, TopicReader> & Record<ComplianceTopic, TopicReader>

export type ShopifyTopic = keyof typeof shopifyTopics

export const isShopifyTopic = (topic: string): topic is ShopifyTopic => Object.hasOwn(shopifyTopics, topic)
export const isComplianceTopic = (topic: string) => complianceTopics.some((known) => known === topic)
