import { createHmac } from 'node:crypto'
import { request } from 'node:http'
import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'
import { buildShop } from '#tests/builders/shop.ts'
import {
  appSecrets,
  arrival,
  emptyInbox,
  type HeaderChanges,
  postBody,
  shopifyHeaders,
  shopifySignature,
  startTernServer,
} from '#tests/builders/tern-server.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const domain = 'harbour.myshopify.com'
const harbour = await buildShop(db, { domain })
const { url } = await startTernServer(db)

const post = (body: string | Buffer, changes: HeaderChanges = {}, path = '/webhooks/shopify') =>
  postBody(url + path, body, shopifyHeaders(domain, body, changes))

test('a signed webhook is kept byte for byte, with its topic, id and time, before it is answered', async () => {
  await emptyInbox(db, harbour)
  const body = '{"id": 820982911946154508,\n "note":"ünïcode"}'
  expect(await post(body, { 'x-shopify-webhook-id': 'w-1' })).toEqual({ status: 200, text: 'Kept' })
  expect(await emptyInbox(db, harbour)).toMatchObject([
    { source: 'shopify', topic: 'orders/create', deliveryId: 'w-1', triggeredAt: arrival, receivedAt: arrival, body },
  ])
})

test('a webhook that comes again is answered 200 and kept once', async () => {
  await emptyInbox(db, harbour)
  const again = { 'x-shopify-webhook-id': 'w-2' }
  const answers = await Promise.all([post('{}', again), post('{}', again), post('{}', again)])
  expect(answers.map(({ text }) => text).sort()).toEqual(['Kept', 'Known already', 'Known already'])
  expect(await emptyInbox(db, harbour)).toHaveLength(1)
})

test.each([
  ['signed with another secret', { 'x-shopify-hmac-sha256': shopifySignature('{"id":1}', 'a guess') }],
  ['unsigned', { 'x-shopify-hmac-sha256': null }],
  ['with an empty signature', { 'x-shopify-hmac-sha256': '' }],
  ['with a signature of another length', { 'x-shopify-hmac-sha256': 'AAAA' }],
  ['with a signature that is no base64', { 'x-shopify-hmac-sha256': '*'.repeat(44) }],
  ['with the signature of another body', { 'x-shopify-hmac-sha256': shopifySignature('{"id":2}') }],
  [
    'with the signature in hex',
    { 'x-shopify-hmac-sha256': createHmac('sha256', appSecrets[0]).update('{"id":1}').digest('hex') },
  ],
  [
    'with a signature and no other header',
    { 'x-shopify-hmac-sha256': 'AAAA', 'x-shopify-topic': null, 'x-shopify-shop-domain': null },
  ],
])('a webhook %s is refused with 401 and leaves nothing', async (_, headers) => {
  await emptyInbox(db, harbour)
  expect((await post('{"id":1}', headers)).status).toBe(401)
  expect(await emptyInbox(db, harbour)).toEqual([])
})

test('a changed byte, another encoding or a cut-off body breaks the signature', async () => {
  const body = '{"note":"ünïcode"}'
  const headers = { 'x-shopify-hmac-sha256': shopifySignature(body) }
  for (const changed of [body.slice(0, -1), `${body} `, Buffer.from(body, 'latin1')])
    expect((await post(changed, headers)).status).toBe(401)
})

test('while the secret rotates, both the new and the previous one are good', async () => {
  for (const secret of appSecrets)
    expect((await post('{}', { 'x-shopify-hmac-sha256': shopifySignature('{}', secret) })).status).toBe(200)
})

test.each([
  ['x-shopify-topic', null],
  ['x-shopify-shop-domain', null],
  ['x-shopify-webhook-id', null],
  ['x-shopify-api-version', null],
  ['x-shopify-webhook-id', 'x'.repeat(300)],
])('a signed webhook whose %s is missing or unusable is refused with 400', async (name, value) => {
  const answer = await post('{}', { [name]: value })
  expect(answer.status).toBe(400)
  expect(answer.text.toLowerCase()).toContain(name)
})

test.each([
  ['a shop that Tern does not know', { 'x-shopify-shop-domain': 'nobody.myshopify.com' }],
  ['a topic that Tern does not know', { 'x-shopify-topic': 'themes/publish' }],
  ['a topic that every object has', { 'x-shopify-topic': 'constructor' }],
])('a signed webhook of %s is answered 200, so that Shopify stops, and not kept', async (_, headers) => {
  await emptyInbox(db, harbour)
  expect(await post('{}', headers)).toEqual({ status: 200, text: 'Not needed' })
  expect(await emptyInbox(db, harbour)).toEqual([])
})

test('a compliance topic is kept for a shop that has uninstalled, also without an API version', async () => {
  const gone = await buildShop(db, { domain: 'gone.myshopify.com' })
  await db.pool.query('update shop set uninstalled_at = $2 where id = $1', [gone, arrival])
  for (const topic of ['customers/data_request', 'customers/redact', 'shop/redact']) {
    const headers = {
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': 'Gone.myshopify.com',
      'x-shopify-api-version': null,
    }
    expect(await post('{}', headers, '/webhooks/compliance')).toEqual({ status: 200, text: 'Kept' })
  }
  expect((await emptyInbox(db, gone)).map((row) => row.topic)).toEqual([
    'customers/data_request',
    'customers/redact',
    'shop/redact',
  ])
})

test('nothing more is kept of a shop that was erased', async () => {
  const erased = await buildShop(db, { domain: 'erased.myshopify.com' })
  await db.pool.query('update shop set uninstalled_at = $2, redacted_at = $2 where id = $1', [erased, arrival])
  expect((await post('{}', { 'x-shopify-shop-domain': 'erased.myshopify.com' })).text).toBe('Not needed')
  expect(await emptyInbox(db, erased)).toEqual([])
})

test.each(['not json', '', '{"id":', '\u0000\u0001'])(
  'a signed body that is no JSON (%j) is kept, and found unreadable later',
  async (body) => {
    await emptyInbox(db, harbour)
    expect((await post(body)).status).toBe(200)
    const [row] = await emptyInbox(db, harbour)
    expect(row?.body).toBe(body)
    expect(() => observe({ ...row!, currency: 'GBP' })).toThrow('not JSON')
  },
)

test('a body beyond the limit is refused with 413, whether it says so at first or in the end', async () => {
  expect((await post('x'.repeat(50_001))).status).toBe(413)
  expect((await post('x'.repeat(50_000))).status).toBe(200)
  expect(await postInChunks(20, 10_000)).toBe(413)
})

/** Posts a body whose length nobody states beforehand, and returns the status. */
function postInChunks(count: number, bytes: number) {
  return new Promise<number | undefined>((resolve, reject) => {
    const headers = { 'x-shopify-hmac-sha256': shopifySignature('') }
    const sending = request(`${url}/webhooks/shopify`, { method: 'POST', headers }, (response) => {
      response.resume()
      resolve(response.statusCode)
    })
    sending.on('error', reject)
    for (let chunk = 0; chunk < count; chunk++) sending.write(Buffer.alloc(bytes, 'x'))
    sending.end()
  })
}
