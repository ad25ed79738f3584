// Nothing is taken in that its source did not sign, at any machine endpoint there is, and nobody can make taking in dear.
import { createHmac, generateKeyPairSync, sign } from 'node:crypto'
import { connect } from 'node:net'
import { gzipSync } from 'node:zlib'
import { expect, test } from 'vitest'
import { createCollector } from '#app/events/collector.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSendGridVerifier } from '#app/server/endpoints/sendgrid-signature.server.ts'
import { createShopifyVerifier } from '#app/server/endpoints/shopify-signature.server.ts'
import { createTernServer, machineEndpoints, type ServerDeps, serverLimits } from '#app/server/http.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { emptyInbox, postBody, sendGridHeaders, shopifyHeaders, startTernServer } from '#tests/builders/tern-server.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const domain = 'harbour.myshopify.com'
const harbour = await buildShop(db, { domain })
const { url, port } = await startTernServer(db)
const { rows } = await db.pool.query<{ id: string }>('select public_id as id from shop where id = $1', [harbour])
const tenant = rows[0]!.id

const deps: ServerDeps = {
  directory: createShopDirectory(db),
  collector: createCollector(() => Promise.reject(new Error('not to be reached'))),
  secrets: { shopify: ['a-secret-of-some-length'], sendGridPublicKeys: [] },
  log: silentLog,
}
/** Every endpoint that takes something in; one that is new is attacked with the others. */
const intakes = [...machineEndpoints(deps)].filter(([, { methods }]) => methods.includes('POST')).map(([path]) => path)

const event = { event: 'delivered', timestamp: 1_790_000_000, sg_event_id: 'e-1', tenant }
const body = JSON.stringify([event])
const stranger = generateKeyPairSync('ec', { namedCurve: 'prime256v1' }).privateKey
const good = [...shopifyHeaders(domain, body), ...sendGridHeaders(body)]
const headerOf = (wanted: string) => good.find(([name]) => name === wanted)![1]
const signatures = ['x-shopify-hmac-sha256', 'x-twilio-email-event-webhook-signature']

/** The good headers, with both signatures made anew. */
const signedBy = (make: (name: string, value: string) => string | null) =>
  good.flatMap(([name, value]): [string, string][] => {
    if (!signatures.includes(name)) return [[name, value]]
    const made = make(name, value)
    return made === null ? [] : [[name, made]]
  })

const flawed: Record<string, [string, string][]> = {
  none: signedBy(() => null),
  empty: signedBy(() => ''),
  'cut short': signedBy((_, value) => value.slice(0, -5)),
  'with a letter changed': signedBy((_, value) => (value[0] === 'A' ? 'B' : 'A') + value.slice(1)),
  'of zeros': signedBy((_, value) => Buffer.alloc(Buffer.from(value, 'base64').length).toString('base64')),
  'by a stranger': signedBy((name) =>
    name === signatures[0]
      ? createHmac('sha256', 'a-secret-of-somebody').update(body).digest('base64')
      : sign('sha256', Buffer.from(`${sendGridHeaders(body)[0]![1]}${body}`), stranger).toString('base64'),
  ),
  'by the empty secret': signedBy((name, value) =>
    name === signatures[0] ? createHmac('sha256', '').update(body).digest('base64') : value.toLowerCase(),
  ),
  'of another body': [...shopifyHeaders(domain, `${body} `), ...sendGridHeaders(`${body} `)],
  'of the other source': signedBy((name) => good.find(([other]) => signatures.includes(other) && other !== name)![1]),
  'said twice': [...good, ...good],
}

test('there are endpoints to attack, and each takes in what is signed', async () => {
  expect(intakes.length).toBeGreaterThanOrEqual(3)
  for (const path of intakes) expect((await postBody(url + path, body, good)).status, path).toBe(200)
  expect((await emptyInbox(db, harbour)).length).toBeGreaterThan(0)
})

test.each(Object.entries(flawed))('no endpoint takes in what has a signature %s', async (_flaw, headers) => {
  for (const path of intakes) {
    const plain = await postBody(url + path, body, headers)
    expect([path, plain.status]).toEqual([path, 401])
  }
  expect(await emptyInbox(db, harbour)).toEqual([])
})

test('a signature with any one bit changed is none', () => {
  const bytes = Buffer.from(body)
  const shopify = createShopifyVerifier(['a-secret-of-some-length'])
  const mac = createHmac('sha256', 'a-secret-of-some-length').update(bytes).digest()
  expect(shopify(bytes, mac.toString('base64'))).toBe(true)
  for (const changed of bitFlips(mac)) expect(shopify(bytes, changed.toString('base64'))).toBe(false)

  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const sendGrid = createSendGridVerifier([publicKey.export({ type: 'spki', format: 'der' }).toString('base64')])
  const signature = sign('sha256', Buffer.concat([Buffer.from('1'), bytes]), privateKey)
  expect(sendGrid(bytes, '1', signature.toString('base64'))).toBe(true)
  for (const changed of bitFlips(signature)) expect(sendGrid(bytes, '1', changed.toString('base64'))).toBe(false)
})

test('without a key nothing is signed', () => {
  expect(createShopifyVerifier([])(Buffer.from(body), headerOf(signatures[0]!))).toBe(false)
  expect(createSendGridVerifier([])(Buffer.from(body), '1', headerOf(signatures[1]!))).toBe(false)
})

test('what was heard is of no use a second time', async () => {
  for (const path of intakes) await postBody(url + path, body, good)
  const first = await emptyInbox(db, harbour)
  for (const path of intakes) await postBody(url + path, body, good)
  expect(await emptyInbox(db, harbour)).toEqual([])
  expect(first.length).toBeLessThanOrEqual(2)
})

test('who sends no signature has no claim to have a body read: the connection ends', async () => {
  for (const path of intakes) {
    const answer = await raw(`POST ${path} HTTP/1.1\r\nhost: x\r\ncontent-length: 40000\r\n\r\n`)
    expect(answer, path).toMatch(/^HTTP\/1.1 401 [\s\S]*connection: close/i)
  }
})

test('no endpoint reads more than it allows, and none unpacks what is packed', async () => {
  const bomb = gzipSync(Buffer.alloc(10_000_000, 'x'))
  for (const path of intakes) {
    expect((await postBody(url + path, 'x'.repeat(50_001), good)).status, path).toBe(413)
    const packed = [...shopifyHeaders(domain, bomb), ['content-encoding', 'gzip'] as [string, string]]
    const answer = await postBody(url + path, bomb, packed)
    expect([200, 401], path).toContain(answer.status)
  }
  for (const row of await emptyInbox(db, harbour)) expect(row.body.length).toBeLessThan(50_000)
})

test('the longest body that is allowed, and the time for sending it, are bounded', () => {
  const server = createTernServer(deps)
  expect(server.headersTimeout).toBeLessThanOrEqual(5_000)
  expect(server.requestTimeout).toBeLessThanOrEqual(10_000)
  expect(server.maxConnections).toBeLessThanOrEqual(20_000)
  // Checking a signature costs 1.2 ms for a million bytes, an order of the usual size 0.03 ms.
  expect(Math.max(serverLimits.shopifyBytes, serverLimits.sendGridBytes)).toBeLessThanOrEqual(5_000_000)
  expect(serverLimits.readingBytes).toBeLessThanOrEqual(64_000_000)
})

test('a flood of headers is cut off before any endpoint sees it', async () => {
  for (const path of intakes)
    expect(await raw(`POST ${path} HTTP/1.1\r\nhost: x\r\n${'x-flood: yes\r\n'.repeat(5_000)}\r\n`)).toContain(' 431 ')
})

test('two lengths in one request, or a length and chunks, are refused: nobody hides a request in another', async () => {
  for (const path of intakes)
    for (const lengths of ['content-length: 1\r\ncontent-length: 2', 'content-length: 1\r\ntransfer-encoding: chunked'])
      expect(await raw(`POST ${path} HTTP/1.1\r\nhost: x\r\n${lengths}\r\n\r\n0\r\n\r\n`)).toContain(' 400 ')
})

function bitFlips(bytes: Buffer): Buffer[] {
  return Array.from({ length: bytes.length * 8 }, (_, bit) => {
    const changed = Buffer.from(bytes)
    changed[bit >> 3]! ^= 1 << (bit & 7)
    return changed
  })
}

/** What a request, written by hand, is answered. */
function raw(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.once('data', (data) => {
      resolve(data.toString())
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
