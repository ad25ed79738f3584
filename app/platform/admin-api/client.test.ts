import '#sandbox/shopify/route.ts'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { scaledClock } from '#app/platform/clock.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { offlineToken } from '#sandbox/shopify/fixtures/admin-client.ts'
import { startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { createAdminApi } from './client.server.ts'
import { AdminApiError } from './errors.ts'
import { customersUpdatedSince, readBulkOperation, readShop } from './operations.server.ts'

const domain = 'small-shop.myshopify.com'
// Fifty times the real pace, so that a bucket refills within the test's patience.
const clock = scaledClock(50)
const everything = { query: 'updated_at:>=2020-01-01T00:00:00Z' }

let undo = () => {}
beforeAll(() => {
  undo = routeShopifyTo('http://localhost:1')
})
afterAll(() => undo())

test('calls that cost more than the bucket holds are spread over time, and none is refused', async () => {
  await using shop = await startSmallShop({ clock })
  const api = await apiOf(shop)
  const before = clock.now().getTime()
  const answers = await Promise.all(
    Array.from({ length: 12 }, () => api.run(domain, customersUpdatedSince, everything)),
  )
  expect(answers.every((answer) => answer.customers.nodes.length === 2)).toBe(true)
  expect(clock.now().getTime() - before).toBeGreaterThan(1_000)
})

test('an answer THROTTLED, which comes with status 200, is asked for again', async () => {
  await using shop = await startSmallShop({ clock })
  const api = await apiOf(shop)
  shop.standIn.faults.throttleEveryNth = 2
  for (let call = 0; call < 4; call++) expect((await api.run(domain, readShop)).shop.currencyCode).toBe('GBP')
})

test('what the shop has not granted is refused at once, with the code', async () => {
  await using shop = await startSmallShop({ clock, scopes: ['read_products'] })
  const api = await apiOf(shop)
  const refusal = api.run(domain, customersUpdatedSince, everything)
  await expect(refusal).rejects.toBeInstanceOf(AdminApiError)
  await expect(refusal).rejects.toMatchObject({ codes: ['ACCESS_DENIED'] })
})

test('503 and 429 are tried again, and Retry-After counts in seconds', async () => {
  const statuses = [503, 429]
  await using server = await answering((_request, response) => {
    const status = statuses.shift()
    if (status) return void response.writeHead(status, { 'retry-after': '2' }).end('busy')
    response.writeHead(200, { 'content-type': 'application/json' }).end('{"data":{"bulkOperation":null}}')
  })
  routeShopifyTo(server.url)
  const before = clock.now().getTime()
  const api = createAdminApi({ tokens: fixedToken('any'), clock, log: silentLog })
  expect(await api.run(domain, readBulkOperation, { id: 'x' })).toEqual({ bulkOperation: null })
  expect(clock.now().getTime() - before).toBeGreaterThanOrEqual(4_000)
})

async function apiOf({ standIn }: Awaited<ReturnType<typeof startSmallShop>>) {
  routeShopifyTo(standIn.url)
  const { access_token } = await offlineToken(standIn)
  return createAdminApi({ tokens: fixedToken(access_token), clock, log: silentLog })
}

function fixedToken(token: string) {
  return { current: async () => token, replace: async () => token }
}

async function answering(answer: (request: IncomingMessage, response: ServerResponse) => void) {
  const server = createServer(answer)
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const { port } = server.address() as AddressInfo
  return { url: `http://localhost:${port}`, [Symbol.asyncDispose]: async () => void server.close() }
}
