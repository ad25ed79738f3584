// Holds every payload of the stand-in against Shopify's own sample of that topic.
import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import type { Customer, Fulfillment, Line, Order, Product, Refund, Shop } from './model.ts'
import { type Webhook, webhookBody } from './webhook-payloads.ts'

const at = new Date('2026-07-01T10:00:00Z')

const shop: Shop = {
  id: '548380009',
  domain: 'tern-demo.myshopify.com',
  name: 'Tern Demo',
  email: 'owner@example.com',
  currency: 'USD',
  timezone: 'America/New_York',
  countryCode: 'US',
  locale: 'en',
  address: { address1: '1 Main Street', city: 'Springfield', zip: '10001', country: 'United States' },
}

const product: Product = {
  id: '788032119674292922',
  handle: 'shirt',
  title: 'Shirt',
  productType: 'Shirts',
  vendor: 'Acme',
  tags: ['cotton', 'mens'],
  imageUrl: 'https://tern-demo.myshopify.com/storefront/images/788032119674292922.svg',
  variants: [{ id: '642667041472713922', title: 'Default Title', sku: 'S-1', priceMinor: 1999, inventory: 7 }],
  createdAt: at,
  updatedAt: at,
}

const customer: Customer = {
  id: '706405506930370084',
  email: 'bob@example.com',
  phone: '+15555550100',
  firstName: 'Bob',
  lastName: 'Biller',
  countryCode: 'US',
  locale: 'en',
  tags: [],
  consent: { state: 'subscribed', optInLevel: 'single_opt_in', updatedAt: at },
  createdAt: at,
  updatedAt: at,
}

const line: Line = { id: '487817672276298554', product, variant: product.variants[0]!, quantity: 3, priceMinor: 1999 }
const cart = { token: 'cart', lines: [line], createdAt: at, updatedAt: at }
const refund: Refund = {
  id: '890088186047892319',
  createdAt: at,
  lines: [{ lineId: line.id, quantity: 1, amountMinor: 1999 }],
}
const fulfillment: Fulfillment = {
  id: '123456',
  createdAt: at,
  updatedAt: at,
  deliveredAt: at,
  trackingNumber: '1z827',
}

const checkout = {
  token: 'checkout',
  cartToken: 'cart',
  email: customer.email,
  customer,
  lines: [line],
  abandonedCheckoutUrl: 'https://tern-demo.myshopify.com/checkouts/checkout/recover',
  createdAt: at,
  updatedAt: at,
  completedAt: null,
}

const order: Order = {
  id: '820982911946154508',
  name: '#1001',
  cartToken: 'cart',
  checkoutToken: 'checkout',
  email: customer.email,
  customer,
  lines: [line],
  createdAt: at,
  updatedAt: at,
  paidAt: at,
  cancelledAt: null,
  refunds: [refund],
  fulfillments: [fulfillment],
}

const operation = {
  id: '147595010',
  createdAt: at,
  completedAt: at,
  errorCode: null,
  status: 'completed',
  type: 'query',
} as const
const summary = { customerId: customer.id, orders: 1, spentMinor: 5997, lastOrderId: order.id, at }

const webhooks: Webhook[] = [
  { topic: 'carts/create', cart },
  { topic: 'carts/update', cart },
  { topic: 'checkouts/create', checkout },
  { topic: 'checkouts/update', checkout },
  { topic: 'checkouts/delete', checkout },
  { topic: 'orders/create', order },
  { topic: 'orders/updated', order },
  { topic: 'orders/paid', order },
  { topic: 'orders/cancelled', order },
  { topic: 'orders/fulfilled', order },
  { topic: 'orders/delete', orderId: order.id },
  { topic: 'refunds/create', order, refund },
  { topic: 'fulfillments/create', order, fulfillment },
  { topic: 'fulfillments/update', order, fulfillment },
  { topic: 'fulfillment_events/create', order, fulfillment, at },
  { topic: 'customers/create', customer },
  { topic: 'customers/update', customer },
  { topic: 'customers/delete', customerId: customer.id },
  { topic: 'customers_email_marketing_consent/update', customer },
  { topic: 'customer.tags_added', customerId: customer.id, tags: ['vip'], at },
  { topic: 'customer.tags_removed', customerId: customer.id, tags: ['vip'], at },
  { topic: 'customers/purchasing_summary', summary },
  { topic: 'products/create', product },
  { topic: 'products/update', product },
  { topic: 'products/delete', productId: product.id },
  { topic: 'shop/update' },
  { topic: 'app/uninstalled' },
  { topic: 'bulk_operations/finish', operation },
  { topic: 'customers/data_request', request: { requestId: '9999', customer, orderIds: [order.id] } },
  { topic: 'customers/redact', customer, orderIds: [order.id] },
  { topic: 'shop/redact' },
]

test.each(webhooks)('$topic has the keys and types of the sample', (webhook) => {
  const file = new URL(`../../tests/fixtures/webhooks/${webhook.topic.replace('/', '_')}.json`, import.meta.url)
  const sample: unknown = JSON.parse(readFileSync(file, 'utf8'))
  expect(differences(JSON.parse(webhookBody(shop, webhook)), sample, '')).toEqual([])
})

test('ids above 2^53 are written with all their digits, as numbers', () => {
  const body = webhookBody(shop, { topic: 'orders/create', order })
  expect(body).toMatch(
    /^\{"id":820982911946154508,"admin_graphql_api_id":"gid:\/\/shopify\/Order\/820982911946154508",/,
  )
  expect(body).toContain('"product_id":788032119674292922,')
})

test('times carry the offset that the shop had on that day', () => {
  const winter = { ...order, createdAt: new Date('2026-01-01T00:30:00Z') }
  expect(parsed({ topic: 'orders/create', order }).created_at).toBe('2026-07-01T06:00:00-04:00')
  expect(parsed({ topic: 'orders/create', order: winter }).created_at).toBe('2025-12-31T19:30:00-05:00')
})

test('an order tells its total, what is left of it after refunds, and its state', () => {
  expect(parsed({ topic: 'orders/updated', order })).toMatchObject({
    total_price: '59.97',
    current_total_price: '39.98',
    financial_status: 'partially_refunded',
    fulfillment_status: 'fulfilled',
    cart_token: 'cart',
    checkout_token: 'checkout',
  })
  const unpaid = { ...order, paidAt: null, refunds: [], fulfillments: [] }
  expect(parsed({ topic: 'orders/create', order: unpaid })).toMatchObject({
    total_outstanding: '59.97',
    financial_status: 'pending',
    fulfillment_status: null,
  })
})

test('an exact line total outweighs quantity × rounded price', () => {
  const odd = { ...order, lines: [{ ...line, quantity: 3, priceMinor: 34, totalMinor: 101 }], refunds: [] }
  expect(parsed({ topic: 'orders/create', order: odd })).toMatchObject({ total_price: '1.01' })
})

test("a guest's order names nobody but knows where it goes", () => {
  const guest = { ...order, customer: null, email: null, countryCode: 'JE' }
  expect(parsed({ topic: 'orders/create', order: guest })).toMatchObject({
    email: null,
    customer: null,
    shipping_address: { first_name: null, country_code: 'JE' },
  })
})

function parsed(webhook: Webhook): Record<string, unknown> {
  return JSON.parse(webhookBody(shop, webhook))
}

/** Fields of ours since API version 2026-10; the samples are of 2026-07. */
const NEWER_THAN_SAMPLES = new Set(['selling_plan_id'])

/** Where the shapes differ; null and an empty list go with anything, since samples leave much of the shape open. */
function differences(ours: unknown, sample: unknown, path: string): string[] {
  if (ours === null || sample === null) return []
  if (Array.isArray(ours) && Array.isArray(sample)) {
    return sample.length === 0 ? [] : ours.flatMap((item, index) => differences(item, sample[0], `${path}[${index}]`))
  }
  if (isRecord(ours) && isRecord(sample)) {
    const keys = [...new Set([...Object.keys(ours), ...Object.keys(sample)])]
    return keys.flatMap((key) => {
      if (key in ours && key in sample) return differences(ours[key], sample[key], `${path}.${key}`)
      return NEWER_THAN_SAMPLES.has(key) ? [] : [`${path}.${key} is only in ${key in ours ? 'ours' : 'the sample'}`]
    })
  }
  return typeof ours === typeof sample ? [] : [`${path} is ${typeof ours} and in the sample ${typeof sample}`]
}

function isRecord(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
