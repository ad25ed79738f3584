import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'
import { readJson } from '#app/events/sources/read-json.ts'
import type { ShopifyTopic } from './topics.ts'

const receivedAt = new Date('2026-11-22T12:00:00Z')

/** What a topic's sample says, with some of its fields changed. */
function observed(topic: ShopifyTopic, changes: object = {}, currency = 'USD') {
  const sample = readJson(readFileSync(`tests/fixtures/webhooks/${topic.replace('/', '_')}.json`, 'utf8'))
  const body = JSON.stringify(Object.assign({}, sample, changes))
  return observe({ source: 'shopify', topic, body, triggeredAt: null, receivedAt, currency })
}

test('an order gives its state, its buyer and the event that the topic tells', () => {
  const { identity, order, events } = observed('orders/create', { cart_token: 'c1?key=s', checkout_token: 'k1' })
  expect(identity).toEqual({
    customerId: 'gid://shopify/Customer/115310627314723954',
    email: 'john@example.com',
    cartToken: 'c1',
    checkoutToken: 'k1',
  })
  expect(order).toMatchObject({ orderId: 'gid://shopify/Order/820982911946154508', totalMinor: 40495, isTest: true })
  expect(events).toMatchObject([
    {
      type: 'order_placed',
      subjects: ['order:gid://shopify/Order/820982911946154508', 'checkout:k1', 'cart:c1'],
      valueMinor: 40495,
      props: { itemCount: 5, productIds: ['gid://shopify/Product/788032119674292922'] },
    },
  ])
})

test.each([
  ['orders/create', 'order_placed'],
  ['orders/paid', 'order_paid'],
  ['orders/cancelled', 'order_cancelled'],
  ['orders/fulfilled', 'order_fulfilled'],
] as const)('%s tells of %s', (topic, type) => {
  expect(observed(topic).events.map((event) => event.type)).toEqual([type])
})

test('orders/updated changes the state and tells of nothing', () => {
  expect(observed('orders/updated')).toMatchObject({ order: { currency: 'USD' }, events: [] })
})

test('an order is paid at once when it comes paid, else when the payment is told', () => {
  const times = { created_at: '2026-11-01T10:00:00Z', updated_at: '2026-11-03T10:00:00Z' }
  const paid = { ...times, financial_status: 'paid' }
  expect(observed('orders/create', paid).order?.paidAt).toEqual(new Date(times.created_at))
  expect(observed('orders/paid', paid).order?.paidAt).toEqual(new Date(times.updated_at))
  expect(observed('orders/updated', { ...times, financial_status: 'pending' }).order?.paidAt).toBeNull()
  expect(observed('orders/updated', { ...times, financial_status: 'refunded' }).order?.paidAt).not.toBeNull()
})

test('what was paid for a line is its price less the discounts allotted to it', () => {
  const line = { id: 1, title: 'Tea', quantity: 3, price: '10.00', discount_allocations: [{ amount: '4.50' }] }
  expect(observed('orders/create', { line_items: [line] }).order?.lines).toEqual([
    {
      lineId: 'gid://shopify/LineItem/1',
      productId: null,
      variantId: null,
      title: 'Tea',
      variantTitle: null,
      quantity: 3,
      priceMinor: 1000,
      lineMinor: 2550,
    },
  ])
})

test('amounts are read by the currency: yen have no cents, dinars have three', () => {
  const yen = { currency: 'JPY', total_price: '1500', total_price_set: null, line_items: [] }
  expect(observed('orders/create', yen).order?.totalMinor).toBe(1500)
  expect(observed('orders/create', { ...yen, currency: 'KWD', total_price: '1.5' }).order?.totalMinor).toBe(1500)
})

test('an order without customer, lines, tokens and times still is one', () => {
  const empty = {
    customer: null,
    email: null,
    contact_email: null,
    line_items: null,
    created_at: null,
    processed_at: null,
  }
  const { identity, order } = observed('orders/create', { ...empty, updated_at: null, billing_address: null })
  expect(identity).toEqual({})
  expect(order).toMatchObject({ lines: [], placedAt: receivedAt, cartToken: null })
})

test('an amount or a quantity that no database could hold makes the payload unreadable', () => {
  const line = { id: 1, title: 'Tea', quantity: 1, price: '1.00' }
  for (const odd of [{ price: '99999999999999999' }, { price: '1e99' }, { quantity: 1e12 }, { quantity: -1 }])
    expect(() => observed('orders/create', { line_items: [{ ...line, ...odd }] })).toThrow(/amount|quantity/)
})

test('a checkout ties a cart to a person and starts once; a completed one starts nothing', () => {
  const started = observed('checkouts/create', { token: 'k1', cart_token: 'c1' })
  expect(started.identity).toMatchObject({ email: 'john@example.com', checkoutToken: 'k1', cartToken: 'c1' })
  expect(started.checkout).toMatchObject({ totalMinor: 42188, url: expect.stringContaining('/recover') })
  expect(started.events).toMatchObject([{ type: 'checkout_started', subjects: ['checkout:k1', 'cart:c1'] }])
  expect(observed('checkouts/update').events).toMatchObject([{ type: 'checkout_updated' }])
  expect(observed('checkouts/create', { completed_at: '2026-11-22T10:00:00Z' }).events).toEqual([])
})

test('a checkout of someone who is no customer is known by what they typed', () => {
  const { identity, profile } = observed('checkouts/create', { customer: null, email: ' Ann@Example.COM ' })
  expect(identity).toMatchObject({ email: 'ann@example.com' })
  expect(identity).not.toHaveProperty('customerId')
  expect(profile).toMatchObject({ firstName: 'Bob', countryCode: 'US' })
})

test('a cart counts in the currency of the shop, and is emptied when nothing is left in it', () => {
  const { cart, events } = observed('carts/update', {}, 'EUR')
  expect(cart).toMatchObject({ currency: 'USD', totalMinor: 5997, items: [{ quantity: 3, lineMinor: 5997 }] })
  expect(events).toMatchObject([{ type: 'cart_updated', currency: 'USD', valueMinor: 5997 }])
  const emptied = observed('carts/update', { line_items: [] }, 'EUR')
  expect(emptied.cart).toMatchObject({ currency: null, totalMinor: 0 })
  expect(emptied.events).toMatchObject([{ type: 'cart_emptied', subjects: ['cart:exampleCartId'] }])
})

test('the key of a cart is never kept, only its token', () => {
  const observation = observed('carts/create', { token: 'Z2Nw?key=secret', id: 'Z2Nw?key=secret' })
  expect(observation.identity).toEqual({ cartToken: 'Z2Nw' })
  expect(JSON.stringify(observation)).not.toContain('secret')
})

test('a refund is the money that moved; without a payment nothing moved', () => {
  const { refund, events } = observed('refunds/create')
  expect(refund).toMatchObject({ refundId: 'gid://shopify/Refund/890088186047892319', amountMinor: 8500 })
  expect(refund?.lines[0]).toEqual({ lineId: 'gid://shopify/LineItem/487817672276298554', quantity: 1 })
  expect(events).toMatchObject([{ type: 'order_refunded', valueMinor: 8500 }])
  expect(observed('refunds/create', { transactions: [] }).refund?.amountMinor).toBe(0)
})

test('a refund paid out in another currency counts with what the lines were worth in the shop', () => {
  const transactions = [{ kind: 'refund', status: 'success', amount: '900.00', currency: 'SEK' }]
  const line = { line_item_id: 1, quantity: 1, subtotal_set: { shop_money: { amount: '80.00', currency_code: 'USD' } } }
  const foreign = observed('refunds/create', { transactions, refund_line_items: [line] })
  expect(foreign.refund?.amountMinor).toBe(8000)
})

test('an order is delivered when the carrier says so, once for each parcel', () => {
  expect(observed('fulfillment_events/create')).toEqual({ events: [] })
  const arrived = observed('fulfillment_events/create', { status: 'delivered' })
  expect(arrived.events).toMatchObject([
    { type: 'order_delivered', props: { fulfilmentId: 'gid://shopify/Fulfillment/123456' } },
  ])
  expect(observed('fulfillments/update', { shipment_status: 'delivered' }).events).toHaveLength(1)
  expect(observed('fulfillments/create').events).toEqual([])
})
