import { expect, test } from 'vitest'
import { takeInbox } from '#app/events/inbox.server.ts'
import { observe } from '#app/events/observe.ts'
import { withSystem } from '#app/platform/database.server.ts'
import {
  buildMessages,
  buildSendingShop,
  messageRow,
  minutesAfter,
  type QueuedMessage,
} from '#tests/builders/messages.ts'
import { openPost, secrets } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { readerLinks } from './links.server.ts'
import { type ReaderDeps, readReader, resubscribe, unsubscribe } from './unsubscribe.server.ts'

const db = await createTestDatabase()

async function readerOf() {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const [message] = await buildMessages(db, shop, [{}])
  await post.deliver()
  const pushes: object[] = []
  const deps: ReaderDeps = { db, secrets, enqueuePushConsent: async (_tx, person) => void pushes.push(person) }
  return { post, shop, message: message!, pushes, deps, token: tokenOf(message!) }
}

const tokenOf = (message: QueuedMessage) =>
  readerLinks('https://tern.example', secrets, { ...message, messageId: message.id })
    .unsubscribe.split('/')
    .at(-1)!

const wording = 'Stop all marketing mail from Harbour Goods'
const ledger = async ({ shopId, profileId }: QueuedMessage) =>
  (
    await db.pool.query(
      'select state, source, wording, occurred_at from consent_entry where shop_id = $1 and profile_id = $2 order by id',
      [shopId, profileId],
    )
  ).rows

test('the page shows whose mail it is without giving the address away', async () => {
  const { deps, token } = await readerOf()
  expect(await readReader(deps, token)).toEqual({
    shopName: 'Harbour Goods',
    maskedEmail: 'a•••@example.com',
    state: 'subscribed',
    isUnreachable: false,
  })
})

test('unsubscribing stops marketing at once, is written down with its wording, and is told to Shopify', async () => {
  const { deps, token, message, shop, post, pushes } = await readerOf()
  expect(await unsubscribe(deps, { token, wording }, minutesAfter(5))).toMatchObject({ state: 'unsubscribed' })
  expect(await ledger(message)).toEqual([
    { state: 'unsubscribed', source: 'unsubscribe link', wording, occurred_at: minutesAfter(5) },
  ])
  expect(pushes).toEqual([{ shopId: message.shopId, profileId: message.profileId }])
  expect(await messageRow(db, message)).toMatchObject({ unsubscribed_at: minutesAfter(5) })
  const [marketing, receipt] = await buildMessages(db, shop, [
    { to: message.profileId },
    { to: message.profileId, class: 'transactional' },
  ])
  await post.deliver(minutesAfter(6))
  expect(await messageRow(db, marketing!)).toMatchObject({ state: 'skipped', reason: 'unsubscribed' })
  expect(await messageRow(db, receipt!)).toMatchObject({ state: 'handed_over' })
})

test('flows hear of it through the inbox, which leads them to the person and suppresses nobody', async () => {
  const { deps, token, message, post } = await readerOf()
  await unsubscribe(deps, { token, wording }, minutesAfter(5))
  const [row] = await withSystem(db, (tx) => takeInbox(tx, [message.shopId], 10))
  const observation = observe({ ...row!, currency: 'GBP' })
  expect(observation.events).toMatchObject([{ type: 'unsubscribed', occurredAt: minutesAfter(5) }])
  const [lane] = (
    await db.pool.query(`select next_due_at from shop_lane where shop_id = $1 and lane = 'work'`, [message.shopId])
  ).rows
  expect(lane.next_due_at).toEqual(minutesAfter(5))
  expect(await post.report([{ shopId: message.shopId, fact: observation.message! }])).toEqual([message.profileId])
  const { rowCount } = await db.pool.query('select from suppression where shop_id = $1', [message.shopId])
  expect(rowCount).toBe(0)
  expect(await ledger(message)).toHaveLength(1)
})

test('unsubscribing again, also twice at the same moment, changes nothing more', async () => {
  const { deps, token, message, pushes } = await readerOf()
  const twice = await Promise.all([1, 2, 3].map((n) => unsubscribe(deps, { token, wording }, minutesAfter(n))))
  expect(twice.map((reader) => reader?.state)).toEqual(Array(3).fill('unsubscribed'))
  await unsubscribe(deps, { token, wording }, minutesAfter(9))
  expect(await ledger(message)).toHaveLength(1)
  expect(pushes).toHaveLength(1)
  const { rowCount } = await db.pool.query('select from inbox where shop_id = $1', [message.shopId])
  expect(rowCount).toBe(1)
})

test('subscribing again lets marketing through, and lifts a suppression that was an unsubscription', async () => {
  const { deps, token, message, shop, post, pushes } = await readerOf()
  await post.report([
    {
      shopId: shop.shopId,
      fact: {
        messageId: message.id,
        kind: 'unsubscribed',
        at: minutesAfter(1),
        reason: null,
        url: null,
        providerId: null,
      },
    },
  ])
  expect(await resubscribe(deps, { token, wording: 'Send me news again' }, minutesAfter(2))).toMatchObject({
    state: 'subscribed',
  })
  expect(pushes).toHaveLength(1)
  const [again] = await buildMessages(db, shop, [{ to: message.profileId }])
  await post.deliver(minutesAfter(3))
  expect(await messageRow(db, again!)).toMatchObject({ state: 'handed_over' })
})

test.each(['bounced', 'complained'] as const)('subscribing again does not reach an address that %s', async (kind) => {
  const { deps, token, message, post } = await readerOf()
  await post.report([
    {
      shopId: message.shopId,
      fact: { messageId: message.id, kind, at: minutesAfter(1), reason: null, url: null, providerId: null },
    },
  ])
  expect(await resubscribe(deps, { token, wording }, minutesAfter(2))).toMatchObject({ isUnreachable: true })
})

test('a link still works after its profile was merged into another', async () => {
  const { deps, token, message, shop } = await readerOf()
  const [other] = await buildMessages(db, shop, [{}])
  await db.pool.query('update profile set merged_into = $2, email = null, email_hash = null where id = $1', [
    message.profileId,
    other!.profileId,
  ])
  await unsubscribe(deps, { token, wording }, minutesAfter(1))
  const { rows } = await db.pool.query('select consent from profile where id = $1', [other!.profileId])
  expect(rows).toEqual([{ consent: 'unsubscribed' }])
})

test('a link of an erased person shows nobody and changes nothing', async () => {
  const { deps, token, message } = await readerOf()
  await db.pool.query(
    `update profile set erased_at = $2, email = null, email_hash = null, consent = 'unknown' where id = $1`,
    [message.profileId, minutesAfter(1)],
  )
  for (const decide of [unsubscribe, resubscribe])
    expect(await decide(deps, { token, wording }, minutesAfter(2))).toMatchObject({
      maskedEmail: null,
      state: 'unsubscribed',
    })
  expect(await ledger(message)).toEqual([])
})

test('a token that was altered anywhere, was made with another key, or is none, leads nowhere', async () => {
  const { deps, token } = await readerOf()
  const letters = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_'
  for (const [place, letter] of [...token].entries()) {
    const other = letters[(letters.indexOf(letter) + 1) % letters.length]!
    expect(await readReader(deps, token.slice(0, place) + other + token.slice(place + 1))).toBeNull()
  }
  for (const wrong of ['', 'x', `${token}A`, `${token}=`, token.slice(1), `${token} `, 'A'.repeat(5000), '../../etc'])
    expect(await unsubscribe(deps, { token: wrong, wording }, minutesAfter(1))).toBeNull()
})
