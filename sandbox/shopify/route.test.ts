import { expect, test } from 'vitest'
import { offlineToken } from './fixtures/admin-client.ts'
import { startSmallShop } from './fixtures/small-shop.ts'
import { routeShopifyTo } from './route.ts'

test("calls for the shop's domain reach the stand-in, and calls for another shop find nothing", async () => {
  await using shop = await startSmallShop()
  const { access_token } = await offlineToken(shop.standIn)
  const undo = routeShopifyTo(shop.standIn.url)
  const call = (host: string) =>
    fetch(`https://${host}/admin/api/2026-10/graphql.json`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', 'x-shopify-access-token': access_token },
      body: JSON.stringify({ query: '{ shop { name } }' }),
    })
  expect(await (await call('small-shop.myshopify.com')).json()).toMatchObject({
    data: { shop: { name: 'Small shop' } },
  })
  expect((await call('other.myshopify.com')).status).toBe(404)
  expect((await fetch(new Request(`${shop.standIn.url}/nothing`))).status).toBe(404)
  undo()
})
