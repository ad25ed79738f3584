// What becomes of a message when SendGrid answers otherwise than with yes, or not at all.
import { expect, test, vi } from 'vitest'
import type { Fault } from '#sandbox/sendgrid/model.ts'
import {
  buildMessages,
  buildSendingShop,
  messageRow,
  minutesAfter,
  type QueuedMessage,
  start,
} from '#tests/builders/messages.ts'
import { openPost, type Post, secrets } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { deliverDue } from './delivery.server.ts'
import type { MailSender } from './mail-sender.server.ts'
import { sweepLostClaims } from './sweep-lost-claims.server.ts'

const db = await createTestDatabase()

const firstTime =
  (fault: Fault) =>
  (n: number): Fault =>
    n === 1 ? fault : 'ok'

const processed = (post: Post, { shopId, id }: QueuedMessage) =>
  post.report([
    {
      shopId,
      fact: { messageId: id, kind: 'processed', at: post.clock.now(), reason: null, url: null, providerId: 'abc' },
    },
  ])

test('a rate limit holds back all of the sender until SendGrid says, and burns no try', async () => {
  const post = await openPost(db, { faults: firstTime({ status: 429, retryAfterSeconds: 120 }) })
  const shop = await buildSendingShop(db)
  const [first] = await buildMessages(db, shop, [{}])
  await post.deliver()
  expect(await messageRow(db, first!)).toMatchObject({ state: 'deferred', reason: 'rate_limited', attempts: 0 })
  const [second] = await buildMessages(db, shop, [{}])
  await post.deliver(minutesAfter(1))
  expect(await messageRow(db, second!)).toMatchObject({ state: 'deferred', reason: 'rate_limited', attempts: 0 })
  expect(post.standIn.counts()).toMatchObject({ received: 0, rejected: 1 })
  await post.deliver(minutesAfter(2.02))
  for (const message of [first!, second!]) expect(await messageRow(db, message)).toMatchObject({ state: 'handed_over' })
})

test('a rate limit without a reset header ends after a minute', async () => {
  const post = await openPost(db, { faults: firstTime({ status: 429 }) })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  expect(await messageRow(db, message!)).toMatchObject({ due_at: minutesAfter(1) })
})

test.each([400, 413] as const)('a mail that SendGrid refuses with %i fails, and nobody else', async (status) => {
  const post = await openPost(db, { faults: firstTime({ status }) })
  const messages = await buildMessages(db, await buildSendingShop(db), [{}, {}, {}])
  await post.deliver()
  const rows = await Promise.all(messages.map((message) => messageRow(db, message)))
  expect(rows.map(({ state }) => state).sort()).toEqual(['failed', 'handed_over', 'handed_over'])
  expect(rows.find(({ state }) => state === 'failed')).toMatchObject({ reason: `sendgrid_${status}`, failed_at: start })
})

test('a key that is refused defers all of its sender, calls no more for an hour, and harms no other shop', async () => {
  const post = await openPost(db)
  const revoked = await buildSendingShop(db)
  await db.pool.query('update sender set sendgrid_key = $2 where shop_id = $1', [
    revoked.shopId,
    secrets.seal('SG.revoked', 'sendgrid key'),
  ])
  const refused = await buildMessages(db, revoked, [{}, {}])
  const [fine] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  const [later] = await buildMessages(db, revoked, [{}])
  await post.deliver(minutesAfter(1))
  for (const message of [...refused, later!])
    expect(await messageRow(db, message)).toMatchObject({ state: 'deferred', reason: 'sendgrid_401', attempts: 0 })
  expect(post.standIn.counts().rejected).toBe(2)
  expect(await messageRow(db, fine!)).toMatchObject({ state: 'handed_over' })
  await post.deliver(minutesAfter(4 * 24 * 60))
  expect(await messageRow(db, refused[0]!)).toMatchObject({ state: 'failed', reason: 'sendgrid_401' })
})

test('a shop whose key cannot be read, or that has none, waits for the merchant', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  await db.pool.query(`update sender set sendgrid_key = 'nonsense' where shop_id = $1`, [shop.shopId])
  const [unreadable] = await buildMessages(db, shop, [{}])
  await post.deliver()
  expect(await messageRow(db, unreadable!)).toMatchObject({ state: 'deferred', reason: 'sendgrid_key_unreadable' })
  const [keyless] = await buildMessages(db, await buildSendingShop(db), [{}])
  post.deps.defaultApiKey = null
  await post.deliver()
  expect(await messageRow(db, keyless!)).toMatchObject({ state: 'deferred', reason: 'no_sendgrid_key' })
})

test.each([500, 503] as const)(
  'a %i means that nothing was accepted: it is tried again, later and later',
  async (status) => {
    const post = await openPost(db, { faults: (n) => (n <= 2 ? { status } : 'ok') })
    const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
    await post.deliver()
    const first = await messageRow(db, message!)
    expect(first).toMatchObject({ state: 'queued', reason: `sendgrid_${status}`, attempts: 1 })
    await post.deliver(first.due_at!)
    const second = await messageRow(db, message!)
    expect(second.due_at!.getTime() - first.due_at!.getTime()).toBeGreaterThan(
      first.due_at!.getTime() - start.getTime(),
    )
    await post.deliver(second.due_at!)
    expect(await messageRow(db, message!)).toMatchObject({ state: 'handed_over', attempts: 3 })
    expect(post.standIn.counts()).toMatchObject({ received: 1, duplicates: 0 })
  },
)

test('a message that is never accepted fails in the end', async () => {
  const post = await openPost(db, { faults: () => ({ status: 503 }) })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  for (let row = await messageRow(db, message!); row.state === 'queued'; row = await messageRow(db, message!))
    await post.deliver(row.due_at!)
  expect(await messageRow(db, message!)).toMatchObject({
    state: 'failed',
    reason: 'gave_up_sendgrid_503',
    attempts: 12,
  })
  const hours = (post.clock.now().getTime() - start.getTime()) / 3_600_000
  expect(hours).toBeGreaterThan(8)
  expect(hours).toBeLessThan(48)
})

test('nothing was accepted when no connection was made', async () => {
  const post = await openPost(db, { baseUrl: 'http://127.0.0.1:1' })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  expect(await messageRow(db, message!)).toMatchObject({ state: 'queued', reason: 'not_connected_ECONNREFUSED' })
})

test.each<[string, Fault, string]>([
  ['a 502', { status: 502 }, 'gateway_502'],
  ['a 504', { status: 504 }, 'gateway_504'],
  ['a lost connection', 'drop-connection', 'no_answer_ECONNRESET'],
  ['silence', 'hang', 'no_answer_ECONNABORTED'],
])(
  '%s leaves the message unknown; the log does not know it, so it is sent again, once',
  async (_name, fault, reason) => {
    const post = await openPost(db, { faults: firstTime(fault), timeoutMs: 1_500 })
    const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
    await post.deliver()
    expect(await messageRow(db, message!)).toMatchObject({ state: 'unknown', reason, due_at: minutesAfter(30) })
    expect(await post.deliver(minutesAfter(29))).toBe(0)
    await post.deliver(minutesAfter(30))
    expect(await messageRow(db, message!)).toMatchObject({ state: 'handed_over', attempts: 2 })
    expect(post.standIn.counts()).toMatchObject({ received: 1, duplicates: 0 })
  },
)

test('an accepted mail whose answer was lost is found in the log and never sent twice', async () => {
  const post = await openPost(db, { faults: firstTime('accept-then-drop-connection') })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  expect(await messageRow(db, message!)).toMatchObject({ state: 'unknown' })
  await post.deliver(minutesAfter(31))
  expect(await messageRow(db, message!)).toMatchObject({
    state: 'handed_over',
    reason: null,
    attempts: 1,
    handed_over_at: start,
    provider_id: post.standIn.mails()[0]!.id,
  })
  await post.deliver(minutesAfter(60 * 24))
  expect(post.standIn.counts()).toMatchObject({ received: 1, duplicates: 0 })
})

test("an event of SendGrid's settles an unknown message before the log is asked", async () => {
  const post = await openPost(db, {
    faults: firstTime('accept-then-drop-connection'),
    logFaults: () => ({ status: 500 }),
  })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  await processed(post, message!)
  await post.deliver(minutesAfter(31))
  expect(await messageRow(db, message!)).toMatchObject({ state: 'handed_over', provider_id: 'abc', reason: null })
  expect(post.standIn.counts().received).toBe(1)
})

test.each([403, 404, 429, 500, 503] as const)(
  'a log that answers %i is asked again, ever less often, and after a day the message stays unknown',
  async (status) => {
    let asked = 0
    const logFaults = () => {
      asked += 1
      return { status }
    }
    const post = await openPost(db, { faults: firstTime('drop-connection'), logFaults })
    const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
    await post.deliver()
    let row = await messageRow(db, message!)
    for (; row.due_at !== null; row = await messageRow(db, message!)) await post.deliver(row.due_at)
    expect(row).toMatchObject({ state: 'unknown', reason: `log_${status}` })
    expect(asked).toBeGreaterThan(5)
    expect(asked).toBeLessThan(20)
    expect(post.clock.now().getTime()).toBeGreaterThanOrEqual(minutesAfter(24 * 60).getTime())
    await post.deliver(minutesAfter(100 * 24 * 60))
    expect(await post.deliver()).toBe(0)
    expect(post.standIn.counts().received).toBe(0)
    await processed(post, message!)
    expect(await messageRow(db, message!)).toMatchObject({ state: 'handed_over' })
  },
)

test('when the address has changed since, the log cannot tell, and nothing is sent again', async () => {
  const post = await openPost(db, { faults: firstTime('drop-connection') })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  await db.pool.query(`update profile set email = 'new@example.com', email_hash = 'other' where id = $1`, [
    message!.profileId,
  ])
  await post.deliver(minutesAfter(31))
  expect(await messageRow(db, message!)).toMatchObject({ state: 'unknown', reason: 'address_changed', due_at: null })
})

test('what the log does not know has its last word spoken again before it is sent', async () => {
  const post = await openPost(db, { faults: firstTime('drop-connection') })
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  await db.pool.query(`update profile set consent = 'unsubscribed' where id = $1`, [message!.profileId])
  await post.deliver(minutesAfter(31))
  expect(await messageRow(db, message!)).toMatchObject({ state: 'skipped', reason: 'unsubscribed' })
  expect(post.standIn.counts().received).toBe(0)
})

test('a claim whose worker died is found out about when its lease is over, and sent only if SendGrid has nothing', async () => {
  const post = await openPost(db, { leaseMs: 50 })
  const [taken, untaken] = await buildMessages(db, await buildSendingShop(db), [{}, {}])
  const send: MailSender['send'] = async (apiKey, mail) => {
    if (mail.customArgs.message_id === taken!.id) await post.deps.sender.send(apiKey, mail)
    return new Promise<never>(() => {})
  }
  void deliverDue({ ...post.deps, sender: { send } })
  await vi.waitFor(() => expect(post.standIn.counts().received).toBe(1))
  await vi.waitFor(async () => expect(await sweepLostClaims(db, start)).toBe(2))
  for (const message of [taken!, untaken!])
    expect(await messageRow(db, message)).toMatchObject({ state: 'unknown', reason: 'worker_lost' })
  await post.deliver(minutesAfter(30))
  expect(await messageRow(db, taken!)).toMatchObject({ state: 'handed_over', attempts: 1 })
  expect(await messageRow(db, untaken!)).toMatchObject({ state: 'handed_over', attempts: 2 })
  expect(post.standIn.counts()).toMatchObject({ received: 2, duplicates: 0 })
})

test('an answer that comes after the lease was over still counts when it says yes, and only then', async () => {
  const post = await openPost(db, { leaseMs: 50 })
  const messages = await buildMessages(db, await buildSendingShop(db), [{}, {}])
  const answers = Promise.withResolvers<void>()
  const send: MailSender['send'] = async (apiKey, mail) => {
    await answers.promise
    if (mail.customArgs.message_id === messages[0]!.id) return post.deps.sender.send(apiKey, mail)
    return { kind: 'failed', reason: 'sendgrid_400' }
  }
  const slow = deliverDue({ ...post.deps, sender: { send } })
  await vi.waitFor(async () => expect(await sweepLostClaims(db, start)).toBe(2))
  // Meanwhile the second try of both is under way elsewhere.
  await db.pool.query(`update message set state = 'claimed', attempts = 2 where id = any($1)`, [
    messages.map(({ id }) => id),
  ])
  answers.resolve()
  await slow
  expect(await messageRow(db, messages[0]!)).toMatchObject({ state: 'handed_over' })
  expect(await messageRow(db, messages[1]!)).toMatchObject({ state: 'claimed' })
})
