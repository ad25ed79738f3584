import { expect, test } from 'vitest'
import { adminClient } from '../fixtures/admin-client.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

const dear = '{ orders(first: 200) { nodes { customer { id } currentTotalPriceSet { shopMoney { amount } } } } }'

test('each answer tells the cost that was asked, the cost that was paid, and what is left', async () => {
  await using shop = await startSmallShop()
  const { extensions } = await (await adminClient(shop.standIn)).query(dear)
  expect(extensions?.cost).toMatchObject({ requestedQueryCost: 802, actualQueryCost: 10 })
  expect(extensions?.cost.throttleStatus.currentlyAvailable).toBe(1990)
})

test('the default of a variable counts', async () => {
  await using shop = await startSmallShop()
  const { extensions } = await (await adminClient(shop.standIn)).run('customers-updated-since', { query: 'id:1' })
  expect(extensions?.cost.requestedQueryCost).toBe(202)
})

test('an empty bucket answers THROTTLED with status 200 and refills by the clock', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const ids = Array.from({ length: 200 }, () => 'gid://shopify/Product/9001')
  const load = () =>
    admin.query('query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Product { featuredMedia { id } } } }', { ids })
  while (!(await load()).errors) {}
  const refused = await load()
  expect(refused.status).toBe(200)
  expect(refused.errors?.[0]).toMatchObject({ message: 'Throttled', extensions: { code: 'THROTTLED' } })
  expect(refused.extensions?.cost.actualQueryCost).toBeNull()
  shop.clock.advanceTo(new Date(shop.clock.now().getTime() + 5000))
  expect((await load()).errors).toBeUndefined()
})

test('one query may not cost more than a thousand', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const answer = await admin.query(
    '{ orders(first: 250) { nodes { lineItems(first: 10) { nodes { product { id } } } } } }',
  )
  expect(answer.errors?.[0]?.extensions?.code).toBe('MAX_COST_EXCEEDED')
})

test('every n-th call is throttled on request', async () => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  shop.standIn.faults.throttleEveryNth = 3
  const codes = []
  for (let call = 0; call < 6; call++) codes.push((await admin.run('shop')).errors?.[0]?.extensions?.code)
  expect(codes).toEqual([undefined, undefined, 'THROTTLED', undefined, undefined, 'THROTTLED'])
})
