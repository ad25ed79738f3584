import { createHmac } from 'node:crypto'
import { expect, test } from 'vitest'
import { startAppEndpoint } from '../fixtures/app-endpoint.ts'
import { credentials, startOfStory, startSmallShop } from '../fixtures/small-shop.ts'

const minuteMs = 60_000

test('a delivery carries the eight headers, and its signature is over the bytes that were sent', async () => {
  await using app = await startAppEndpoint()
  await using shop = await startSmallShop({ appUrl: app.url })
  const body = '{"id": 820982911946154508, "note": "ünïcode"}'
  const answer = await shop.standIn.deliver('app/uninstalled', body)
  expect(answer).toMatchObject({ result: 'accepted', status: 200 })
  const [webhook] = app.received
  expect(webhook?.path).toBe('/webhooks/shopify')
  expect(webhook?.body.toString()).toBe(body)
  expect(webhook?.headers).toMatchObject({
    'x-shopify-topic': 'app/uninstalled',
    'x-shopify-shop-domain': 'small-shop.myshopify.com',
    'x-shopify-api-version': '2026-10',
    'x-shopify-webhook-id': answer.webhookId,
    'x-shopify-event-id': expect.stringMatching(/^[0-9a-f-]{36}$/),
    'x-shopify-triggered-at': startOfStory.toISOString(),
    'x-shopify-name': 'lifecycle',
    'x-shopify-hmac-sha256': createHmac('sha256', credentials.apiSecret).update(body).digest('base64'),
  })
})

test('compliance topics go to their own address, and unknown topics nowhere', async () => {
  await using app = await startAppEndpoint()
  await using shop = await startSmallShop({ appUrl: app.url })
  await shop.standIn.deliver('shop/redact', {})
  expect(app.received.map(({ path }) => path)).toEqual(['/webhooks/compliance'])
  expect(await shop.standIn.deliver('themes/publish', {})).toMatchObject({ result: 'not-subscribed', status: null })
  expect(app.received).toHaveLength(1)
})

test('an uninstalled app hears of its uninstall and of compliance, nothing else', async () => {
  await using app = await startAppEndpoint()
  await using shop = await startSmallShop({ appUrl: app.url })
  shop.standIn.uninstall()
  expect((await shop.standIn.deliver('orders/create', {})).result).toBe('not-subscribed')
  expect((await shop.standIn.deliver('app/uninstalled', {})).result).toBe('accepted')
  expect((await shop.standIn.deliver('customers/redact', {})).result).toBe('accepted')
})

test('a duplicate is the same delivery twice', async () => {
  await using app = await startAppEndpoint()
  await using shop = await startSmallShop({ appUrl: app.url })
  await shop.standIn.deliver('orders/create', { id: 1 }, { duplicate: true })
  expect(new Set(app.received.map(({ headers }) => headers['x-shopify-webhook-id'])).size).toBe(1)
  expect(shop.standIn.counts()).toMatchObject({ sent: 2, accepted: 2, duplicates: 1 })
})

test('a refused delivery is repeated eight times over four hours with its payload and id, then given up', async () => {
  await using app = await startAppEndpoint(() => 500)
  await using shop = await startSmallShop({ appUrl: app.url })
  const { webhookId } = await shop.standIn.deliver('orders/create', { id: 1 })
  const waits: number[] = []
  for (let next = shop.standIn.nextRetryAt(); next; next = shop.standIn.nextRetryAt()) {
    waits.push((next.getTime() - shop.clock.now().getTime()) / minuteMs)
    shop.clock.advanceTo(next)
    expect(await shop.standIn.retryDue()).toBe(1)
  }
  expect(waits).toHaveLength(8)
  expect(waits.reduce((total, wait) => total + wait)).toBe(240)
  expect(app.received).toHaveLength(9)
  expect(new Set(app.received.map(({ headers }) => headers['x-shopify-webhook-id']))).toEqual(new Set([webhookId]))
  expect(new Set(app.received.map(({ body }) => String(body)))).toEqual(new Set(['{"id":1}']))
  expect(shop.standIn.counts()).toMatchObject({ sent: 9, rejected: 9, retries: 8, givenUp: 1, waiting: 0 })
})

test('a retry that succeeds is the last one', async () => {
  const statuses = [503, 200]
  await using app = await startAppEndpoint(() => statuses.shift() ?? 200)
  await using shop = await startSmallShop({ appUrl: app.url })
  await shop.standIn.deliver('orders/create', { id: 1 })
  expect(await shop.standIn.retryDue()).toBe(0)
  shop.clock.advanceTo(shop.standIn.nextRetryAt() ?? startOfStory)
  expect(await shop.standIn.retryDue()).toBe(1)
  expect(shop.standIn.nextRetryAt()).toBeNull()
  expect(shop.standIn.counts()).toMatchObject({ sent: 2, accepted: 1, rejected: 1, waiting: 0 })
})

test('an app that is away gets the delivery later', async () => {
  await using shop = await startSmallShop({ appUrl: 'http://localhost:1' })
  expect(await shop.standIn.deliver('orders/create', {})).toMatchObject({ result: 'rejected', status: null })
  expect(shop.standIn.counts().waiting).toBe(1)
})

test('a redirect is a failure, and a forgery is never repeated', async () => {
  await using app = await startAppEndpoint(() => 302)
  await using shop = await startSmallShop({ appUrl: app.url })
  expect((await shop.standIn.deliver('orders/create', {}, { signWith: 'guess' })).result).toBe('rejected')
  expect(shop.standIn.counts().waiting).toBe(0)
  expect((await shop.standIn.deliver('orders/create', {})).result).toBe('rejected')
  expect(shop.standIn.counts().waiting).toBe(1)
})

test('headers can be changed and left out', async () => {
  await using app = await startAppEndpoint()
  await using shop = await startSmallShop({ appUrl: app.url })
  const headers = { 'X-Shopify-API-Version': null, 'X-Shopify-Shop-Domain': 'other.myshopify.com' }
  await shop.standIn.deliver('orders/create', {}, { headers })
  expect(app.received[0]?.headers['x-shopify-api-version']).toBeUndefined()
  expect(app.received[0]?.headers['x-shopify-shop-domain']).toBe('other.myshopify.com')
})

test('an app that does not answer within five seconds has failed', { timeout: 10_000 }, async () => {
  await using app = await startAppEndpoint(() => null)
  await using shop = await startSmallShop({ appUrl: app.url })
  expect(await shop.standIn.deliver('orders/create', {})).toMatchObject({ result: 'rejected', status: null })
})
