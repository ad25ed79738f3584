import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'
import { readJson } from '#app/events/sources/read-json.ts'
import type { ShopifyTopic } from './topics.ts'

const receivedAt = new Date('2026-11-22T12:00:00Z')

/** What a topic's sample says, with some of its fields changed. */
function observed(topic: ShopifyTopic, changes: object = {}) {
  const sample = readJson(readFileSync(`tests/fixtures/webhooks/${topic.replace('/', '_')}.json`, 'utf8'))
  const body = JSON.stringify(Object.assign({}, sample, changes))
  return observe({ source: 'shopify', topic, body, triggeredAt: null, receivedAt, currency: 'USD' })
}

test('a customer record names the person; only its creation is an event', () => {
  const created = observed('customers/create')
  expect(created.identity).toEqual({ customerId: 'gid://shopify/Customer/706405506930370084', email: 'bob@biller.com' })
  expect(created.profile).toMatchObject({ firstName: 'Bob', lastName: 'Biller', countryCode: 'CA' })
  expect(created.events.map((event) => event.type)).toEqual(['customer_created'])
  expect(observed('customers/update').events).toEqual([])
})

test('an e-mail address that is none counts as none', () => {
  for (const email of ['', 'bob', 'bob@', 'bob biller@x.com', 7, null, `${'x'.repeat(250)}@example.com`])
    expect(observed('customers/update', { email }).identity).not.toHaveProperty('email')
})

test('consent is told with its level and time, and an unknown word for it is no consent', () => {
  const consent = (state: string, level: string | null) => ({
    email_marketing_consent: { state, opt_in_level: level, consent_updated_at: '2026-11-01T08:00:00Z' },
  })
  const topic = 'customers_email_marketing_consent/update'
  expect(observed(topic, consent('subscribed', 'confirmed_opt_in')).consent).toEqual({
    state: 'subscribed',
    level: 'confirmed_opt_in',
    at: new Date('2026-11-01T08:00:00Z'),
    source: 'shopify_webhook',
  })
  expect(observed(topic, consent('unsubscribed', null)).consent).toMatchObject({ state: 'unsubscribed', level: null })
  expect(observed(topic, consent('invalid', null)).consent).toMatchObject({ state: 'not_subscribed' })
  expect(observed(topic, consent('delighted', 'very')).consent).toMatchObject({ state: 'unknown', level: null })
})

test('a merge counts when it is completed, not while it is tried', () => {
  expect(observed('customers/merge')).toEqual({ events: [] })
  expect(observed('customers/merge', { status: 'completed' }).customerMerged).toEqual({
    keptId: 'gid://shopify/Customer/1',
    mergedId: 'gid://shopify/Customer/2',
    at: receivedAt,
  })
})

test('a product comes with its variants, and says when it has more of them than it lists', () => {
  const { product } = observed('products/update')
  expect(product).toMatchObject({ tags: ['example', 'mens', 't-shirt'], status: 'active', variantsComplete: true })
  expect(product?.variants[0]).toMatchObject({ priceMinor: 1999, compareAtMinor: 2499, stock: 75 })
  const gids = Array.from({ length: 101 }, () => ({}))
  expect(observed('products/update', { variant_gids: gids }).product?.variantsComplete).toBe(false)
  const pictures = { image: null, images: [{ src: 'https://cdn.example/tea.jpg' }] }
  expect(observed('products/update', pictures).product?.imageUrl).toBe('https://cdn.example/tea.jpg')
})

test('a redaction may name nobody but an e-mail address', () => {
  const who = { shop_domain: 'x.myshopify.com', customer: { email: 'john@example.com' }, orders_to_redact: null }
  const redacted = observed('customers/redact', who)
  expect(redacted.shop).toEqual({
    kind: 'redact_customer',
    customerId: null,
    email: 'john@example.com',
    phone: null,
    orderIds: [],
  })
})

test('a data request keeps its number, and the orders that it asks for', () => {
  expect(observed('customers/data_request').shop).toMatchObject({
    kind: 'data_request',
    requestId: '9999',
    customerId: 'gid://shopify/Customer/191167',
    orderIds: ['gid://shopify/Order/299938', 'gid://shopify/Order/280263', 'gid://shopify/Order/220458'],
  })
})

test('the shop tells of itself, and what it leaves out is not taken for empty', () => {
  expect(observed('shop/update').shop).toEqual({
    kind: 'updated',
    name: 'Super Toys',
    email: 'super@supertoys.com',
    currency: 'USD',
    timezone: null,
    countryCode: 'US',
    url: null,
    address: '190 MacLaren Street, Houston 37178, Tennessee, United States',
  })
  expect(observed('app/uninstalled').shop).toEqual({ kind: 'uninstalled', at: receivedAt })
  expect(observed('app/scopes_update').shop).toEqual({ kind: 'scopes', scopes: ['read_products', 'write_products'] })
  expect(observed('bulk_operations/finish').shop).toMatchObject({ status: 'completed' })
})
