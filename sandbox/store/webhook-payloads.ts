// Every webhook that the stand-in shop can send: which topic goes with what, and the JSON text of its body.
import { assertNever } from '#app/lib/errors.ts'
import type { Cart, Checkout, Customer, Fulfillment, Order, Product, Refund, Shop } from './model.ts'
import { cartPayload } from './payloads/cart.ts'
import { checkoutPayload, deletedCheckoutPayload } from './payloads/checkout.ts'
import {
  customerRedactPayload,
  type DataRequest,
  dataRequestPayload,
  shopRedactPayload,
} from './payloads/compliance.ts'
import {
  customerPayload,
  customerTagsPayload,
  deletedCustomerPayload,
  emailConsentPayload,
  type PurchasingSummary,
  purchasingSummaryPayload,
} from './payloads/customer.ts'
import { deliveryPayload, fulfillmentPayload } from './payloads/fulfillment.ts'
import { deletedOrderPayload, orderPayload } from './payloads/order.ts'
import { deletedProductPayload, productPayload } from './payloads/product.ts'
import { refundPayload } from './payloads/refund.ts'
import { bulkOperationPayload, type FinishedBulkOperation, shopPayload } from './payloads/shop.ts'

export type Webhook =
  | { topic: 'carts/create' | 'carts/update'; cart: Cart }
  | { topic: 'checkouts/create' | 'checkouts/update' | 'checkouts/delete'; checkout: Checkout }
  | {
      topic: 'orders/create' | 'orders/updated' | 'orders/paid' | 'orders/cancelled' | 'orders/fulfilled'
      order: Order
    }
  | { topic: 'orders/delete'; orderId: string }
  | { topic: 'refunds/create'; order: Order; refund: Refund }
  | { topic: 'fulfillments/create' | 'fulfillments/update'; order: Order; fulfillment: Fulfillment }
  | { topic: 'fulfillment_events/create'; order: Order; fulfillment: Fulfillment; at: Date }
  | { topic: 'customers/create' | 'customers/update'; customer: Customer }
  | { topic: 'customers/delete'; customerId: string }
  | { topic: 'customers_email_marketing_consent/update'; customer: Customer }
  | { topic: 'customer.tags_added' | 'customer.tags_removed'; customerId: string; tags: string[]; at: Date }
  | { topic: 'customers/purchasing_summary'; summary: PurchasingSummary }
  | { topic: 'products/create' | 'products/update'; product: Product }
  | { topic: 'products/delete'; productId: string }
  | { topic: 'shop/update' | 'app/uninstalled' }
  | { topic: 'bulk_operations/finish'; operation: FinishedBulkOperation }
  | { topic: 'customers/data_request'; request: DataRequest }
  | { topic: 'customers/redact'; customer: Customer; orderIds: string[] }
  | { topic: 'shop/redact' }

export type WebhookTopic = Webhook['topic']

/** The body as Shopify would send it: ids are JSON numbers with all their digits. */
export function webhookBody(shop: Shop, webhook: Webhook): string {
  return JSON.stringify(webhookPayload(shop, webhook))
}

function webhookPayload(shop: Shop, webhook: Webhook): object {
  switch (webhook.topic) {
    case 'carts/create':
    case 'carts/update':
      return cartPayload(shop, webhook.cart)
    case 'checkouts/create':
    case 'checkouts/update':
      return checkoutPayload(shop, webhook.checkout)
    case 'checkouts/delete':
      return deletedCheckoutPayload(shop, webhook.checkout)
    case 'orders/create':
    case 'orders/updated':
    case 'orders/paid':
    case 'orders/cancelled':
    case 'orders/fulfilled':
      return orderPayload(shop, webhook.order)
    case 'orders/delete':
      return deletedOrderPayload(webhook.orderId)
    case 'refunds/create':
      return refundPayload(shop, webhook.order, webhook.refund)
    case 'fulfillments/create':
    case 'fulfillments/update':
      return fulfillmentPayload(shop, webhook.order, webhook.fulfillment)
    case 'fulfillment_events/create':
      return deliveryPayload(shop, webhook.order, webhook)
    case 'customers/create':
    case 'customers/update':
      return customerPayload(shop, webhook.customer)
    case 'customers/delete':
      return deletedCustomerPayload(webhook.customerId)
    case 'customers_email_marketing_consent/update':
      return emailConsentPayload(shop, webhook.customer)
    case 'customer.tags_added':
    case 'customer.tags_removed':
      return customerTagsPayload(webhook.customerId, webhook.tags, webhook.at)
    case 'customers/purchasing_summary':
      return purchasingSummaryPayload(shop, webhook.summary)
    case 'products/create':
    case 'products/update':
      return productPayload(shop, webhook.product)
    case 'products/delete':
      return deletedProductPayload(webhook.productId)
    case 'shop/update':
    case 'app/uninstalled':
      return shopPayload(shop)
    case 'bulk_operations/finish':
      return bulkOperationPayload(shop, webhook.operation)
    case 'customers/data_request':
      return dataRequestPayload(shop, webhook.request)
    case 'customers/redact':
      return customerRedactPayload(shop, webhook)
    case 'shop/redact':
      return shopRedactPayload(shop)
    default:
      return assertNever(webhook)
  }
}
