import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'

const receivedAt = new Date('2026-11-22T12:00:00Z')

function observed(topic: string, node: object, historic = true) {
  const body = JSON.stringify({ historic, node })
  return observe({ source: 'sync', topic, body, triggeredAt: null, receivedAt, currency: 'GBP' })
}

const money = (amount: string) => ({ shopMoney: { amount, currencyCode: 'GBP' } })

const order = {
  id: 'gid://shopify/Order/1',
  name: '#1001',
  createdAt: '2026-03-01T10:00:00Z',
  processedAt: '2026-03-01T10:00:00Z',
  updatedAt: '2026-03-09T10:00:00Z',
  cancelledAt: null,
  test: false,
  displayFinancialStatus: 'PARTIALLY_REFUNDED',
  displayFulfillmentStatus: 'FULFILLED',
  cartToken: 'c1?key=secret',
  checkoutToken: 'k1',
  email: 'ann@example.com',
  customer: { id: 'gid://shopify/Customer/7' },
  currentTotalPriceSet: money('15.00'),
  totalRefundedSet: money('5.00'),
}
const line = {
  id: 'gid://shopify/LineItem/3',
  title: 'Tea',
  variantTitle: null,
  quantity: 2,
  discountedUnitPriceAfterAllDiscountsSet: money('10.00'),
  product: { id: 'gid://shopify/Product/4' },
  variant: null,
}

test('a past order is kept with all that happened to it, as history', () => {
  const { historic, identity, order: state, events } = observed('order', { ...order, lineItems: [line] })
  expect(historic).toBe(true)
  expect(identity).toMatchObject({ customerId: 'gid://shopify/Customer/7', cartToken: 'c1', checkoutToken: 'k1' })
  expect(state).toMatchObject({ totalMinor: 2000, refundedMinor: 500, paidAt: new Date('2026-03-01T10:00:00Z') })
  expect(state?.lines).toMatchObject([{ productId: 'gid://shopify/Product/4', quantity: 2, lineMinor: 2000 }])
  expect(events.map((event) => event.type)).toEqual(['order_placed', 'order_paid', 'order_fulfilled'])
})

test('children are found whichever way they are joined to their parent', () => {
  const forms = [[line], { nodes: [line] }, { edges: [{ node: line }] }]
  for (const lineItems of forms) expect(observed('order', { ...order, lineItems }).order?.lines).toHaveLength(1)
})

test('an order found by the sweep is told in the same words as by a webhook, and not as history', () => {
  const sparse = { ...order, test: undefined, email: undefined, processedAt: undefined, totalRefundedSet: undefined }
  const { historic, order: state } = observed('order', sparse, false)
  expect(historic).toBe(false)
  expect(state).toMatchObject({ totalMinor: 1500, lines: [], paidAt: new Date('2026-03-09T10:00:00Z') })
})

test('a customer comes with consent and with the whole list of tags', () => {
  const { identity, consent, profile, tags, events } = observed('customer', {
    id: 'gid://shopify/Customer/7',
    createdAt: '2025-01-01T00:00:00Z',
    updatedAt: '2026-01-01T00:00:00Z',
    locale: 'en',
    tags: ['vip'],
    firstName: 'Ann',
    lastName: null,
    defaultEmailAddress: {
      emailAddress: 'Ann@example.com',
      marketingState: 'SUBSCRIBED',
      marketingOptInLevel: 'SINGLE_OPT_IN',
      marketingUpdatedAt: '2025-02-01T00:00:00Z',
    },
    defaultPhoneNumber: null,
    defaultAddress: { countryCodeV2: 'GB' },
  })
  expect(identity).toEqual({ customerId: 'gid://shopify/Customer/7', email: 'ann@example.com' })
  expect(profile).toMatchObject({ firstName: 'Ann', lastName: null, countryCode: 'GB', locale: 'en' })
  expect(consent).toMatchObject({ state: 'subscribed', level: 'single_opt_in', source: 'shopify_sync' })
  expect(tags).toMatchObject({ all: ['vip'] })
  expect(events).toMatchObject([{ type: 'customer_created', occurredAt: new Date('2025-01-01T00:00:00Z') }])
})

test('what the query did not ask for is not taken for empty', () => {
  const { profile, consent, tags } = observed('customer', { id: 'gid://shopify/Customer/7' })
  expect(profile).not.toHaveProperty('firstName')
  expect(consent).toBeUndefined()
  expect(tags).toBeUndefined()
  expect(observed('product', { id: 'gid://shopify/Product/4', title: 'Tea' }).product).not.toHaveProperty(
    'collectionIds',
  )
})

test('a product comes with variants and collections', () => {
  const { product } = observed('product', {
    id: 'gid://shopify/Product/4',
    title: 'Tea',
    status: 'ACTIVE',
    tags: ['green'],
    featuredMedia: { preview: { image: { url: 'https://cdn.example/tea.jpg' } } },
    variants: [
      {
        id: 'gid://shopify/ProductVariant/5',
        title: '100 g',
        sku: null,
        price: '4.50',
        compareAtPrice: null,
        inventoryQuantity: -2,
      },
    ],
    collections: [{ id: 'gid://shopify/Collection/6' }],
  })
  expect(product).toMatchObject({
    status: 'active',
    imageUrl: 'https://cdn.example/tea.jpg',
    collectionIds: ['gid://shopify/Collection/6'],
    variants: [{ priceMinor: 450, compareAtMinor: null, stock: -2 }],
    variantsComplete: true,
  })
})
