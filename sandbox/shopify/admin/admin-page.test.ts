import { expect, test } from 'vitest'
import { exchange, requestToken } from '../fixtures/admin-client.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

const appPath = '/store/small-shop/apps/sandbox-client-id'

test('the admin frames the app with shop, host and a session token that can be exchanged', async () => {
  await using shop = await startSmallShop({ appUrl: 'http://localhost:4000' })
  const src = frameAddress(await (await fetch(`${shop.standIn.url}${appPath}/app/flows`)).text())
  expect(src.origin + src.pathname).toBe('http://localhost:4000/app/flows')
  expect(src.searchParams.get('shop')).toBe('small-shop.myshopify.com')
  expect(atob(src.searchParams.get('host') ?? '')).toBe('admin.shopify.com/store/small-shop')
  expect(src.searchParams.get('embedded')).toBe('1')
  const answer = await requestToken(shop.standIn, exchange(src.searchParams.get('id_token') ?? ''))
  expect(answer.status).toBe(200)
})

test('an uninstalled app is offered for installation, and the install address brings it back', async () => {
  await using shop = await startSmallShop()
  shop.standIn.uninstall()
  const page = async () => (await fetch(`${shop.standIn.url}${appPath}`)).text()
  expect(await page()).toContain('is not installed')
  const installed = await fetch(shop.standIn.installUrl())
  expect(new URL(installed.url).pathname).toBe(appPath)
  expect(await page()).toContain('<iframe')
})

test('the bridge hands out fresh session tokens and the granted scopes', async () => {
  await using shop = await startSmallShop()
  const ask = async (what: string) => (await fetch(`${shop.standIn.url}${appPath}/bridge/${what}`)).json()
  expect(await ask('id-token')).not.toBe(await ask('id-token'))
  expect(await ask('scopes')).toMatchObject({ granted: ['read_orders', 'read_products', 'write_customers'] })
})

test('the App Bridge script is one classic script', async () => {
  await using shop = await startSmallShop()
  const response = await fetch(`${shop.standIn.url}/app-bridge.js`)
  const script = await response.text()
  expect(response.headers.get('content-type')).toContain('text/javascript')
  expect(script).toContain('ui-save-bar')
  expect(() => new Function(script)).not.toThrow()
})

function frameAddress(page: string): URL {
  const [, src = ''] = /<iframe[^>]* src="([^"]+)"/.exec(page) ?? []
  return new URL(src.replaceAll('&#38;', '&'))
}
