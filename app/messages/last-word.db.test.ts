// The last word before a message goes out, on what is true at that moment.

import { expect, test } from 'vitest'
import type { GateVerdict } from '#app/messages/delivery-policy.ts'
import {
  addTemplate,
  buildMessages,
  buildSendingShop,
  messageRow,
  minutesAfter,
  oneItem,
  type QueuedMessage,
  type SendingShopOptions,
  start,
} from '#tests/builders/messages.ts'
import { openPost, type PostOptions } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { storedGatesSchema } from './recorded-gates.ts'

const db = await createTestDatabase()

type Change = (message: QueuedMessage) => Promise<unknown>
const change =
  (sql: string): Change =>
  ({ shopId, profileId, email }) =>
    db.pool.query(sql.replace('$shop', `${shopId}`).replace('$profile', `${profileId}`).replace('$email', `'${email}'`))

/** Queues a message, changes the world, delivers, and returns the message's row and how many mails went out. */
async function deliverAfter(
  change: Change,
  options: { shop?: SendingShopOptions; post?: PostOptions; class?: 'transactional' } = {},
) {
  const post = await openPost(db, options.post)
  const [message] = await buildMessages(db, await buildSendingShop(db, options.shop), [
    options.class ? { class: options.class } : {},
  ])
  await change(message!)
  await post.deliver()
  return { row: await messageRow(db, message!), sent: post.standIn.counts().received, post, message: message! }
}

const consent = (state: string) => change(`update profile set consent = '${state}' where id = $profile`)
const suppress = (reason: string) =>
  change(
    `insert into suppression (shop_id, email_hash, reason, created_at)
     select shop_id, email_hash, '${reason}', '2026-03-01' from profile where id = $profile`,
  )

test.each<[string, Change, string]>([
  [
    'the shop has uninstalled Tern',
    change(`update shop set uninstalled_at = '2026-03-01' where id = $shop`),
    'shop_uninstalled',
  ],
  ['the shop has no sender', change('delete from sender where shop_id = $shop'), 'no_sender'],
  ['the person has no address', change('update profile set email = null where id = $profile'), 'no_address'],
  ['the person was erased', change(`update profile set erased_at = '2026-03-01' where id = $profile`), 'no_address'],
  ['the address bounced', suppress('bounce'), 'suppressed_bounce'],
  ['the reader complained', suppress('complaint'), 'suppressed_complaint'],
  ['the reader unsubscribed', consent('unsubscribed'), 'unsubscribed'],
  ['consent was never confirmed', consent('pending'), 'consent_pending'],
  ['consent was never given', consent('not_subscribed'), 'no_consent'],
  ['nothing is known of consent', consent('unknown'), 'no_consent'],
  [
    'the checkout was completed',
    change(`update checkout set completed_at = '2026-03-02' where shop_id = $shop`),
    'nothing_to_show',
  ],
  [
    'the checkout was deleted',
    change(`update checkout set deleted_at = '2026-03-02' where shop_id = $shop`),
    'nothing_to_show',
  ],
  ['the checkout was emptied', change(`update checkout set items = '[]' where shop_id = $shop`), 'nothing_to_show'],
])('a marketing message is not sent when %s', async (_name, withChange, reason) => {
  const { row, sent } = await deliverAfter(withChange)
  expect(row).toMatchObject({ state: 'skipped', reason, attempts: 0, claimed_at: null })
  expect(sent).toBe(0)
})

test('a transactional message needs no consent', async () => {
  const { row } = await deliverAfter(consent('unsubscribed'), { class: 'transactional' })
  expect(row).toMatchObject({ state: 'handed_over' })
})

test.each(['bounce', 'complaint'])('a transactional message does not go to an address with a %s', async (reason) => {
  const { row } = await deliverAfter(suppress(reason), { class: 'transactional' })
  expect(row).toMatchObject({ state: 'skipped', reason: `suppressed_${reason}` })
})

test('a message whose items are all sold out has nothing to show', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const other = { ...oneItem, productId: 'gid://shopify/Product/2', variantId: null, title: 'Cups' }
  const [soldOut, partly] = await buildMessages(db, shop, [{}, { items: [oneItem, other] }])
  await db.pool.query(
    `insert into product (shop_id, shopify_id, title, source_updated_at) values ($1, $2, 'Green tea', '2026-03-01')`,
    [shop.shopId, oneItem.productId],
  )
  await db.pool.query(
    `insert into variant (shop_id, shopify_id, product_id, title, price_minor, stock, source_updated_at)
     values ($1, $2, $3, '', 450, 0, '2026-03-01')`,
    [shop.shopId, oneItem.variantId, oneItem.productId],
  )
  await post.deliver()
  expect(await messageRow(db, soldOut!)).toMatchObject({ state: 'skipped', reason: 'nothing_to_show' })
  expect(await messageRow(db, partly!)).toMatchObject({ state: 'handed_over' })
  expect(post.standIn.mails()[0]!.text).toContain('Cups')
  expect(post.standIn.mails()[0]!.text).not.toContain('Green tea')
})

test('what flows say at the last moment holds, with what they have seen', async () => {
  const verdict: GateVerdict = { kind: 'skip', reason: 'exited_order_placed', seen: { order: 'gid://shopify/Order/1' } }
  const gate = async (_tx: unknown, messages: readonly { id: QueuedMessage['id'] }[]) =>
    new Map(messages.map(({ id }) => [id, verdict]))
  const { row } = await deliverAfter(async () => {}, { post: { gate } })
  expect(row).toMatchObject({ state: 'skipped', reason: verdict.reason, decided_at: expect.any(Date) })
  const gates = storedGatesSchema.parse(row.seen)
  expect(gates.at(-1)).toEqual({ gate: 'flow', word: 'skip', reason: verdict.reason, seen: verdict.seen })
  expect(gates.find(({ gate }) => gate === 'consent')).toMatchObject({ word: 'send', seen: { consent: 'subscribed' } })
})

test('what flows put off waits, and is dropped after the limit with the reason', async () => {
  let until = minutesAfter(20)
  const gate = async (_tx: unknown, messages: readonly { id: QueuedMessage['id'] }[]) =>
    new Map(messages.map(({ id }) => [id, { kind: 'defer' as const, until, reason: 'orders_behind' }]))
  const { message, post, row } = await deliverAfter(async () => {}, {
    post: { gate },
    shop: { settings: { deferLimitHours: 1 } },
  })
  expect(row).toMatchObject({ state: 'deferred', reason: 'orders_behind', due_at: until })
  until = minutesAfter(61)
  await post.deliver(minutesAfter(20))
  expect(await messageRow(db, message)).toMatchObject({ state: 'skipped', reason: 'waited_too_long_orders_behind' })
})

test('quiet hours put off until they end where the reader is, else where the shop is', async () => {
  const settings = { quietHours: { from: '21:00', to: '08:00' } }
  const post = await openPost(db)
  const shop = await buildSendingShop(db, { settings, timezone: 'Europe/London' })
  const [inTokyo, atHome] = await buildMessages(db, shop, [
    { profile: { timezone: 'Asia/Tokyo' }, dueAt: new Date('2026-03-02T13:00:00Z') },
    { dueAt: new Date('2026-03-02T13:00:00Z') },
  ])
  await post.deliver(new Date('2026-03-02T13:00:00Z'))
  expect(await messageRow(db, inTokyo!)).toMatchObject({
    state: 'deferred',
    reason: 'quiet_hours',
    due_at: new Date('2026-03-02T23:00:00Z'),
  })
  expect(await messageRow(db, atHome!)).toMatchObject({ state: 'handed_over' })
  await post.deliver(new Date('2026-03-02T23:00:00Z'))
  expect(await messageRow(db, inTokyo!)).toMatchObject({ state: 'handed_over' })
})

test('a cap holds within one batch and across batches, for marketing only, and counts what went out', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db, { settings: { frequencyCap: { messages: 1, hours: 24 } } })
  const [first] = await buildMessages(db, shop, [{}])
  const to = first!.profileId
  const [second, receipt] = await buildMessages(db, shop, [{ to }, { to, class: 'transactional' }])
  const [someoneElse] = await buildMessages(db, shop, [{}])
  await post.deliver()
  const marketing = [await messageRow(db, first!), await messageRow(db, second!)]
  expect(marketing.map(({ state }) => state).sort()).toEqual(['deferred', 'handed_over'])
  expect(marketing.find(({ state }) => state === 'deferred')).toMatchObject({
    reason: 'frequency_cap',
    due_at: minutesAfter(24 * 60),
  })
  for (const message of [receipt!, someoneElse!])
    expect(await messageRow(db, message)).toMatchObject({ state: 'handed_over' })
  await post.deliver(minutesAfter(24 * 60))
  expect(await messageRow(db, second!)).toMatchObject({ state: 'handed_over' })
  expect(post.standIn.counts()).toMatchObject({ received: 4, duplicates: 0 })
})

test('a message that can only be sent after the limit is dropped', async () => {
  const post = await openPost(db)
  const settings = { frequencyCap: { messages: 1, hours: 24 }, deferLimitHours: 12 }
  const shop = await buildSendingShop(db, { settings })
  const [first] = await buildMessages(db, shop, [{}])
  await post.deliver()
  const [second] = await buildMessages(db, shop, [{ to: first!.profileId }])
  await post.deliver()
  expect(await messageRow(db, second!)).toMatchObject({ state: 'skipped', reason: 'waited_too_long_frequency_cap' })
})

test('a template that fails skips its own message and nobody else', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const endless = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}'
  const broken = await addTemplate(db, shop.shopId, { subject: 'Hello', html: endless, text: 'x' })
  const empty = await addTemplate(db, shop.shopId, { subject: '{{ nothing }}', html: '<p>x</p>', text: 'x' })
  const [fails, fine, nameless] = await buildMessages(db, shop, [{ templateId: broken }, {}, { templateId: empty }])
  await post.deliver()
  for (const message of [fails!, nameless!])
    expect(await messageRow(db, message)).toMatchObject({ state: 'skipped', reason: 'render_failed' })
  expect(await messageRow(db, fine!)).toMatchObject({ state: 'handed_over' })
})

test('a template that exceeds its limits again and again is left alone, so that others are not kept waiting', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const endless = '{% for a in (1..100000) %}{% for b in (1..100000) %}{{ a }}{% endfor %}{% endfor %}'
  const bomb = await addTemplate(db, shop.shopId, { subject: 'Hello', html: endless, text: 'x' })
  const bad = await buildMessages(
    db,
    shop,
    Array.from({ length: 8 }, () => ({ templateId: bomb })),
  )
  const [fine] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  const reasons = await Promise.all(bad.map(async (message) => (await messageRow(db, message)).reason))
  expect(reasons.filter((reason) => reason === 'render_failed')).toHaveLength(3)
  expect(reasons.filter((reason) => reason === 'template_too_slow')).toHaveLength(5)
  expect(await messageRow(db, fine!)).toMatchObject({ state: 'handed_over' })
})

test('a message whose data cannot be read is set aside, and everybody else gets theirs', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const fine = await buildMessages(db, shop, [{}, {}])
  const [unreadable] = await buildMessages(db, shop, [{ items: [{ ...oneItem, quantity: 'many' }] }])
  const elsewhere = await buildMessages(db, await buildSendingShop(db), [{}, {}])
  await post.deliver()
  expect(await messageRow(db, unreadable!)).toMatchObject({ state: 'failed', reason: 'cannot_be_claimed' })
  for (const message of [...fine, ...elsewhere])
    expect(await messageRow(db, message)).toMatchObject({ state: 'handed_over' })
  expect(post.standIn.counts()).toMatchObject({ received: 4, duplicates: 0 })
})

test('a message about the person, not about a purchase, is sent as well', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const templateId = await addTemplate(db, shop.shopId, {
    subject: 'Welcome {{ profile.first_name }}',
    html: '<p>Hi</p>',
    text: 'Hi',
  })
  const [message] = await buildMessages(db, shop, [{ templateId, items: null }])
  await post.deliver()
  expect(await messageRow(db, message!)).toMatchObject({ state: 'handed_over', subject_line: 'Welcome Ann' })
})

test('nothing is sent before it is due', async () => {
  const post = await openPost(db)
  await buildMessages(db, await buildSendingShop(db), [{ dueAt: minutesAfter(10) }])
  expect(await post.deliver(start)).toBe(0)
  expect(await post.deliver(minutesAfter(10))).toBe(1)
})
