import { expect, test } from 'vitest'
import type { Checkout } from '#sandbox/store/model.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

test('a product has a page and a picture that is the same every time', async () => {
  await using shop = await startSmallShop()
  const get = async (path: string) => (await fetch(`${shop.standIn.url}/storefront${path}`)).text()
  expect(await get('/products/teapot')).toContain('£49.00')
  const picture = await get('/images/9002.svg')
  expect(picture).toContain('<title>Teapot</title>')
  expect(picture).toBe(await get('/images/9002.svg'))
  expect(picture).not.toBe(await get('/images/9001.svg'))
})

test('text from the store cannot become markup', async () => {
  await using shop = await startSmallShop()
  shop.store.products.get('9001')!.title = '<script>alert(1)</script>'
  for (const path of ['/products/blue-mug', '/images/9001.svg', '']) {
    expect(await (await fetch(`${shop.standIn.url}/storefront${path}`)).text()).not.toContain('<script>alert')
  }
})

test('a recovered checkout shows its basket and can be ordered once', async () => {
  const placed: string[] = []
  await using shop = await startSmallShop({ hooks: { onPlaceOrder: placeOrder } })
  const checkout = abandonedCheckout()
  shop.store.checkouts.set(checkout.token, checkout)
  const address = `${shop.standIn.url}/storefront/checkouts/${checkout.token}`
  const before = await (await fetch(`${address}/recover`)).text()
  expect(before).toContain('£25.80')
  expect(before).toContain('Place order')
  // Shopify has it at the shop's root, and so do the links in mails.
  const atRoot = `${shop.standIn.url}/checkouts/${checkout.token}/recover`
  expect(await (await fetch(atRoot)).text()).toBe(before)
  const after = await (await fetch(`${address}/orders`, { method: 'POST' })).text()
  await fetch(`${address}/orders`, { method: 'POST' })
  expect(after).toContain('has been placed')
  expect(placed).toEqual([checkout.token])

  function placeOrder(token: string) {
    placed.push(token)
    checkout.completedAt = shop.clock.now()
  }

  function abandonedCheckout(): Checkout {
    const product = shop.store.products.get('9001')!
    const now = shop.clock.now()
    return {
      token: 'checkout-1',
      cartToken: 'cart-1',
      email: 'ada@example.com',
      customer: null,
      lines: [{ id: '1', product, variant: product.variants[0]!, quantity: 2, priceMinor: 1290 }],
      abandonedCheckoutUrl: '',
      createdAt: now,
      updatedAt: now,
      completedAt: null,
    }
  }
})

test('links that mails make into the shop lead somewhere: the list by wish, and a cart of variants', async () => {
  await using shop = await startSmallShop()
  const get = async (path: string) => (await fetch(`${shop.standIn.url}/storefront${path}`)).text()
  const newest = await get('/collections/all?sort_by=created-descending')
  expect(newest.indexOf('Teapot')).toBeLessThan(newest.indexOf('Blue mug'))
  const bestSelling = await get('/collections/all?sort_by=best-selling')
  expect(bestSelling).toContain('Blue mug')
  expect(await get('/cart/90011:2,90021:1')).toContain('£74.80')
  expect((await fetch(`${shop.standIn.url}/storefront/cart/1:1`)).status).toBe(404)
})
