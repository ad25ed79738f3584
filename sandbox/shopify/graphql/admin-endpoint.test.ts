import { expect, test } from 'vitest'
import { adminClient } from '../fixtures/admin-client.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

test('an operation that the schema does not know is answered 200 with errors', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const answer = await admin.query('{ shop { favouriteColour } }')
  expect(answer.status).toBe(200)
  expect(answer.errors?.[0]?.message).toContain('favouriteColour')
})

test('a field that the stand-in does not play is an error that names it', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const root = await admin.query('{ themes(first: 1) { nodes { id } } }')
  expect(root.errors?.[0]?.message).toContain("'themes'")
  const inner = await admin.query('{ orders(first: 1) { nodes { transactions { id } } } }')
  expect(inner.errors?.[0]?.message).toContain('Order.transactions')
})

test('the shop and the granted scopes are told', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const { data } = await admin.run('shop')
  expect(data?.shop).toMatchObject({ ianaTimezone: 'Europe/London', timezoneOffset: '+0000', currencyCode: 'GBP' })
  const installation = await admin.run('app-installation')
  expect(installation.data?.currentAppInstallation).toMatchObject({
    accessScopes: [{ handle: 'read_orders' }, { handle: 'read_products' }, { handle: 'write_customers' }],
    activeSubscriptions: [],
  })
})

test('customers changed since a time come page by page in order of their change', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const query = "updated_at:>='2026-11-20T00:00:00Z'"
  const first = await admin.run('customers-updated-since', { query, first: 1 })
  expect(first.data?.customers).toMatchObject({
    nodes: [
      { id: 'gid://shopify/Customer/8001', numberOfOrders: '2', defaultEmailAddress: { marketingState: 'SUBSCRIBED' } },
    ],
    pageInfo: { hasNextPage: true, endCursor: expect.any(String) },
  })
  const after = (await cursorOf(first.data?.customers)) ?? ''
  const second = await admin.run('customers-updated-since', { query, first: 1, after })
  expect(second.data?.customers).toMatchObject({
    nodes: [{ id: 'gid://shopify/Customer/8002' }],
    pageInfo: { hasNextPage: false },
  })
  const none = await admin.run('customers-updated-since', { query: "updated_at:>='2026-11-22T00:00:00Z'" })
  expect(none.data?.customers).toMatchObject({ nodes: [] })
})

test('orders older than sixty days need the scope for all orders', async () => {
  await using recent = await startSmallShop()
  await using all = await startSmallShop({ scopes: ['read_orders', 'read_all_orders', 'read_customers'] })
  const since = { query: 'updated_at:>=2026-01-01' }
  const few = await (await adminClient(recent.standIn)).run('orders-updated-since', since)
  const many = await (await adminClient(all.standIn)).run('orders-updated-since', since)
  expect(few.data?.orders).toMatchObject({ nodes: [{ name: '#1002' }, { name: '#1003' }] })
  expect(many.data?.orders).toMatchObject({ nodes: [{ name: '#1001' }, { name: '#1002' }, { name: '#1003' }] })
})

test('an order shows what is left after its refunds', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const { data } = await admin.run('orders-updated-since', { query: "updated_at:>='2026-11-01T00:00:00Z'" })
  expect(data?.orders).toMatchObject({
    nodes: [
      { displayFinancialStatus: 'PARTIALLY_REFUNDED', currentTotalPriceSet: { shopMoney: { amount: '49.0' } } },
      { displayFinancialStatus: 'PAID' },
    ],
  })
})

test('products come by id, with null for an unknown one', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const ids = ['gid://shopify/Product/9001', 'gid://shopify/Product/1']
  const { data } = await admin.run('products-by-ids', { ids })
  expect(data?.nodes).toMatchObject([
    { handle: 'blue-mug', priceRangeV2: { minVariantPrice: { amount: '12.9' } } },
    null,
  ])
})

test('without the scope a list is denied', async () => {
  await using shop = await startSmallShop({ scopes: ['read_products'] })
  const admin = await adminClient(shop.standIn)
  const answer = await admin.run('orders-updated-since', { query: 'updated_at:>=2026-01-01' })
  expect(answer.errors?.[0]?.extensions?.code).toBe('ACCESS_DENIED')
})

test('an unknown search field is an error instead of a wrong answer', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const answer = await admin.run('orders-updated-since', { query: 'shoe_size:>=40' })
  expect(answer.errors?.[0]?.message).toContain('shoe_size')
})

test('consent written by the app is in the store and reaches the hook', async () => {
  const told: string[] = []
  await using shop = await startSmallShop({ hooks: { onConsentChanged: ({ email }) => told.push(email) } })
  const admin = await adminClient(shop.standIn)
  const consent = (marketingState: string) => ({
    input: { customerId: 'gid://shopify/Customer/8001', emailMarketingConsent: { marketingState } },
  })
  const { data } = await admin.run('customer-email-consent-update', consent('UNSUBSCRIBED'))
  await shop.standIn.whenIdle()
  expect(data?.customerEmailMarketingConsentUpdate).toMatchObject({ userErrors: [] })
  expect(shop.store.customers.get('8001')?.consent.state).toBe('unsubscribed')
  expect(told).toEqual(['ada@example.com'])

  const refused = await admin.run('customer-email-consent-update', consent('NOT_SUBSCRIBED'))
  expect(refused.data?.customerEmailMarketingConsentUpdate).toMatchObject({ userErrors: [{ code: 'INCLUSION' }] })
})

test('tags are added once and removed', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  await admin.run('tags-add', { id: 'gid://shopify/Customer/8001', tags: ['vip', 'vip'] })
  expect(shop.store.customers.get('8001')?.tags).toEqual(['vip'])
})

function cursorOf(connection: unknown): string | undefined {
  return /"endCursor":"([^"]+)"/.exec(JSON.stringify(connection))?.[1]
}
