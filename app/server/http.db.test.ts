import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { createCollector } from '#app/events/collector.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { emptyInbox, postBody, shopifyHeaders, startTernServer } from '#tests/builders/tern-server.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const domain = 'harbour.myshopify.com'
const harbour = await buildShop(db, { domain })
const { url, port } = await startTernServer(db)

const post = (body: string, path = '/webhooks/shopify') => postBody(url + path, body, shopifyHeaders(domain, body))

test('a sender that breaks off half way leaves nothing and harms nobody', async () => {
  await emptyInbox(db, harbour)
  await new Promise<void>((resolve) => {
    const socket = connect(port, '127.0.0.1', () => {
      socket.write('POST /webhooks/shopify HTTP/1.1\r\nhost: x\r\ncontent-length: 1000\r\n\r\n{"id":')
      setTimeout(() => socket.destroy(), 20)
    })
    socket.on('close', () => resolve())
  })
  expect((await post('{}')).status).toBe(200)
  expect(await emptyInbox(db, harbour)).toHaveLength(1)
})

test('a sender that dawdles is cut off, and others are served meanwhile', { timeout: 20_000 }, async () => {
  const started = performance.now()
  const closed = new Promise<string>((resolve) => {
    let answered = ''
    const socket = connect(port, '127.0.0.1', () => socket.write('POST /webhooks/shopify HTTP/1.1\r\nhost: x\r\n'))
    socket.on('data', (data) => {
      answered += data
    })
    socket.on('close', () => resolve(answered))
  })
  expect((await post('{}')).status).toBe(200)
  expect(await closed).toContain('408')
  expect(performance.now() - started).toBeLessThan(10_000)
})

test('other methods and other places are answered in plain words', async () => {
  const got = await fetch(`${url}/webhooks/shopify`)
  expect([got.status, got.headers.get('allow')]).toEqual([405, 'POST'])
  expect((await fetch(`${url}/webhooks/other`, { method: 'POST' })).status).toBe(404)
  expect((await post('{}', '/webhooks/shopify?x=1')).status).toBe(200)
})

test('what is no machine endpoint goes to the app', async () => {
  const { url } = await startTernServer(db, { handleApp: (_, response) => response.end('the app') })
  expect(await (await fetch(`${url}/app/flows`)).text()).toBe('the app')
  expect((await fetch(`${url}/healthz`)).status).toBe(200)
})

test('when the database does not keep it, the source is asked to come again', async () => {
  const broken = createCollector(() => Promise.reject(new Error('database away')))
  const { url: brokenUrl } = await startTernServer(db, {
    collector: broken,
    readiness: () => Promise.reject(new Error('away')),
  })
  const response = await fetch(`${brokenUrl}/webhooks/shopify`, {
    method: 'POST',
    body: '{}',
    headers: shopifyHeaders(domain, '{}'),
  })
  expect(response.status).toBe(503)
  expect(response.headers.get('retry-after')).toBe('5')
  expect((await fetch(`${brokenUrl}/healthz`)).status).toBe(503)
  expect((await fetch(`${brokenUrl}/healthz/ready`)).status).toBe(503)
  expect((await fetch(`${brokenUrl}/healthz/live`)).status).toBe(200)
})

test('metrics are for this machine and for whoever knows the token, also behind a proxy', async () => {
  const metrics = async (headers: Record<string, string>) => (await fetch(`${url}/metrics`, { headers })).status
  expect(await metrics({})).toBe(200)
  expect(await metrics({ 'x-forwarded-for': '203.0.113.7' })).toBe(401)
  expect(await metrics({ 'x-forwarded-for': '203.0.113.7', authorization: 'Bearer a-token-of-some-length' })).toBe(200)
  await postBody(`${url}/webhooks/shopify`, '{}', [])
  expect(await (await fetch(`${url}/metrics`)).text()).toContain(
    'tern_intake_deliveries_total{source="shopify",result="forged"}',
  )
})
