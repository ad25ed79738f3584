import { generateKeyPairSync } from 'node:crypto'
import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { arrival, emptyInbox, postBody, sendGridHeaders, startTernServer } from '#tests/builders/tern-server.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const { url } = await startTernServer(db)
const address = `${url}/webhooks/sendgrid`
const post = (body: string) => postBody(address, body, sendGridHeaders(body))

async function publicIdOf(shop: ShopId) {
  const { rows } = await db.pool.query<{ id: string }>('select public_id as id from shop where id = $1', [shop])
  return rows[0]!.id
}

const mailEvent = (sg_event_id: string, tenant?: string, changes: object = {}) => ({
  event: 'delivered',
  timestamp: arrival.getTime() / 1000,
  sg_event_id,
  tenant,
  ...changes,
})

test('each event of a batch goes to the shop whose mail it was; those of nobody spoil nothing', async () => {
  const [mine, other] = [await buildShop(db), await buildShop(db)]
  const batch = [
    mailEvent('a', await publicIdOf(mine)),
    mailEvent('b', await publicIdOf(other)),
    mailEvent('c'),
    mailEvent('d', "'; drop table shop"),
    mailEvent('e', await publicIdOf(mine), { event: 'open' }),
  ]
  expect(await post(`${JSON.stringify(batch)}\r\n`)).toEqual({ status: 200, text: 'Kept 3 of 5' })
  expect((await emptyInbox(db, mine)).map((row) => [row.deliveryId, row.topic])).toEqual([
    ['a', 'delivered'],
    ['e', 'open'],
  ])
  expect(await emptyInbox(db, other)).toMatchObject([{ source: 'sendgrid', deliveryId: 'b', triggeredAt: arrival }])
})

test('a batch that SendGrid repeats is kept once', async () => {
  const shop = await buildShop(db)
  const tenant = await publicIdOf(shop)
  const body = JSON.stringify([mailEvent('r1', tenant), mailEvent('r2', tenant)])
  for (let time = 0; time < 3; time++) expect((await post(body)).status).toBe(200)
  expect(await emptyInbox(db, shop)).toHaveLength(2)
})

test('a batch that is unsigned, forged or altered is refused with 401 and leaves nothing', async () => {
  const shop = await buildShop(db)
  const body = JSON.stringify([mailEvent('f', await publicIdOf(shop))])
  const [timestamp, signature] = sendGridHeaders(body)
  const forgeries: [string, string][][] = [
    [],
    [timestamp!],
    [timestamp!, [signature![0], 'AAAA']],
    [timestamp!, [signature![0], '*']],
    [['x-twilio-email-event-webhook-timestamp', '1'], signature!],
    sendGridHeaders(`${body} `),
  ]
  for (const headers of forgeries) expect((await postBody(address, body, headers)).status).toBe(401)
  expect(await emptyInbox(db, shop)).toEqual([])
})

test('a signed body that is no list of events, or beyond the limit, is refused in plain words', async () => {
  expect(await post('{"event":"open"}')).toEqual({ status: 400, text: 'Not a list of events' })
  expect((await post('[{')).status).toBe(400)
  expect((await post(JSON.stringify([mailEvent('big', undefined, { note: 'x'.repeat(60_000) })]))).status).toBe(413)
})

test("a shop's own account signs with the shop's own key, and speaks of this shop alone", async () => {
  const [own, other] = [await buildShop(db), await buildShop(db)]
  const [ownId, otherId] = [await publicIdOf(own), await publicIdOf(other)]
  const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const key = publicKey.export({ type: 'spki', format: 'der' }).toString('base64')
  await db.pool.query('update sender set webhook_public_key = $2 where shop_id = $1', [own, key])
  const body = JSON.stringify([mailEvent('own-1', ownId), mailEvent('own-2', otherId)])
  const signed = sendGridHeaders(body, privateKey)
  const scoped = (id: string) => `${address}?shop=${id}`
  expect(await postBody(scoped(ownId), body, signed)).toEqual({ status: 200, text: 'Kept 1 of 2' })
  expect(await emptyInbox(db, own)).toMatchObject([{ deliveryId: 'own-1' }])
  expect(await emptyInbox(db, other)).toEqual([])
  for (const url of [address, scoped(otherId), scoped('nobody')])
    expect((await postBody(url, body, signed)).status).toBe(401)
  // With a key of its own, the installation's does not open the shop's address.
  expect((await postBody(scoped(ownId), body, sendGridHeaders(body))).status).toBe(401)
  expect(await emptyInbox(db, other)).toEqual([])
})
