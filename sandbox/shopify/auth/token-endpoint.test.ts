import { expect, test } from 'vitest'
import { callAdmin, exchange, offlineToken, requestToken, tokenSchema } from '../fixtures/admin-client.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

const shopName = '{ shop { name } }'
const hourMs = 3_600_000

test('a session token is exchanged for an offline pair that lives an hour and ninety days', async () => {
  await using shop = await startSmallShop()
  const { status, body } = await requestToken(shop.standIn, exchange(shop.standIn.mintSessionToken()))
  expect(status).toBe(200)
  expect(body).toMatchObject({
    access_token: expect.stringMatching(/^shpat_[0-9a-f]{32}$/),
    refresh_token: expect.stringMatching(/^shprt_[0-9a-f]{32}$/),
    scope: 'read_orders,read_products,write_customers',
    expires_in: 3600,
    refresh_token_expires_in: 7_776_000,
  })
})

test('an online token names its user and cannot be refreshed', async () => {
  await using shop = await startSmallShop()
  const { body } = await requestToken(shop.standIn, {
    ...exchange(shop.standIn.mintSessionToken({ userId: '42' })),
    requested_token_type: 'urn:shopify:params:oauth:token-type:online-access-token',
  })
  expect(body).toMatchObject({ associated_user: { id: 42, account_owner: true } })
  expect(body).not.toHaveProperty('refresh_token')
})

test.each([
  ['expired', { lifetimeSeconds: -11 }],
  ['for another app', { audience: 'someone-else' }],
  ['for another shop', { shopDomain: 'other.myshopify.com' }],
  ['signed with another secret', { signWith: 'guess' }],
])('a session token that is %s is refused', async (_why, options) => {
  await using shop = await startSmallShop()
  const answer = await requestToken(shop.standIn, exchange(shop.standIn.mintSessionToken(options)))
  expect(answer).toEqual({ status: 400, body: { error: 'invalid_subject_token' } })
})

test('a wrong client secret, an unknown grant and a token for ever are refused', async () => {
  await using shop = await startSmallShop()
  const asked = exchange(shop.standIn.mintSessionToken())
  expect((await requestToken(shop.standIn, { ...asked, client_secret: 'x' })).status).toBe(401)
  expect((await requestToken(shop.standIn, { ...asked, grant_type: 'password' })).status).toBe(400)
  expect((await requestToken(shop.standIn, { ...asked, expiring: '0' })).status).toBe(400)
})

test('an access token is refused once its hour is over', async () => {
  await using shop = await startSmallShop()
  const { access_token } = await offlineToken(shop.standIn)
  expect((await callAdmin(shop.standIn, access_token, shopName)).status).toBe(200)
  shop.clock.advanceTo(new Date(shop.clock.now().getTime() + hourMs))
  expect((await callAdmin(shop.standIn, access_token, shopName)).status).toBe(401)
  expect((await callAdmin(shop.standIn, 'shpat_guess', shopName)).status).toBe(401)
})

test('a lost refresh can be repeated with the old token until the new pair is used', async () => {
  await using shop = await startSmallShop()
  const old = await offlineToken(shop.standIn)
  const refresh = async () =>
    await requestToken(shop.standIn, { grant_type: 'refresh_token', refresh_token: old.refresh_token })
  const first = tokenSchema.parse((await refresh()).body)
  const again = tokenSchema.parse((await refresh()).body)
  expect(first.access_token).not.toBe(old.access_token)
  expect(again).toEqual(first)
  expect((await callAdmin(shop.standIn, again.access_token, shopName)).status).toBe(200)
  expect(await refresh()).toEqual({ status: 400, body: { error: 'invalid_grant' } })
  expect((await callAdmin(shop.standIn, old.access_token, shopName)).status).toBe(401)
})

test('after ninety days a refresh token is dead', async () => {
  await using shop = await startSmallShop()
  const { refresh_token } = await offlineToken(shop.standIn)
  shop.clock.advanceTo(new Date(shop.clock.now().getTime() + 90 * 24 * hourMs))
  const answer = await requestToken(shop.standIn, { grant_type: 'refresh_token', refresh_token })
  expect(answer.status).toBe(400)
})

test('after an uninstall every token and every request for one is refused, until the app is installed again', async () => {
  await using shop = await startSmallShop()
  const { access_token, refresh_token } = await offlineToken(shop.standIn)
  shop.standIn.uninstall()
  expect((await callAdmin(shop.standIn, access_token, shopName)).status).toBe(401)
  expect((await requestToken(shop.standIn, { grant_type: 'refresh_token', refresh_token })).status).toBe(400)
  expect((await requestToken(shop.standIn, exchange(shop.standIn.mintSessionToken()))).status).toBe(400)
  shop.standIn.install()
  expect((await callAdmin(shop.standIn, access_token, shopName)).status).toBe(401)
  expect((await offlineToken(shop.standIn)).expires_in).toBe(3600)
})

test('two runs with one seed mint the same tokens', async () => {
  await using first = await startSmallShop({ seed: 'a' })
  await using second = await startSmallShop({ seed: 'a' })
  expect(first.standIn.mintSessionToken()).toBe(second.standIn.mintSessionToken())
  expect(await offlineToken(first.standIn)).toEqual(await offlineToken(second.standIn))
})
