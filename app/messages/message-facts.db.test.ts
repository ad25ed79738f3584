import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { MessageFact } from '#app/events/observation.ts'
import { type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import {
  buildMessages,
  buildSendingShop,
  messageRow,
  minutesAfter,
  type QueuedMessage,
} from '#tests/builders/messages.ts'
import { openPost } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { createMessageFacts } from './message-facts.server.ts'

const db = await createTestDatabase()

const fact = (
  { shopId, id }: QueuedMessage,
  kind: MessageFact['kind'],
  minutes = 1,
  more: Partial<MessageFact> = {},
) => ({
  shopId,
  fact: { messageId: id, kind, at: minutesAfter(minutes), reason: null, url: null, providerId: 'abc', ...more },
})

const person = async ({ shopId, profileId }: QueuedMessage) => {
  const { rows } = await db.pool.query(
    `select p.consent, x.reason as suppressed,
       (select array_agg(e.state || ' by ' || e.source order by e.id) from consent_entry e
        where e.shop_id = p.shop_id and e.profile_id = p.id) as ledger
     from profile p left join suppression x on x.shop_id = p.shop_id and x.email_hash = p.email_hash
     where p.shop_id = $1 and p.id = $2`,
    [shopId, profileId],
  )
  return rows[0]
}

async function sentMessage() {
  const post = await openPost(db)
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  await post.deliver()
  return { post, message: message! }
}

test('what SendGrid reports moves a message on and notes when people opened and clicked', async () => {
  const { post, message } = await sentMessage()
  const profiles = await post.report([
    fact(message, 'processed'),
    fact(message, 'delivered', 2),
    fact(message, 'machine_opened', 3),
    fact(message, 'opened', 9),
    fact(message, 'opened', 5),
    fact(message, 'clicked', 6),
  ])
  expect(profiles).toEqual(Array(6).fill(message.profileId))
  expect(await messageRow(db, message)).toMatchObject({
    state: 'delivered',
    delivered_at: minutesAfter(2),
    machine_opened_at: minutesAfter(3),
    opened_at: minutesAfter(5),
    clicked_at: minutesAfter(6),
  })
  expect(await person(message)).toMatchObject({ consent: 'subscribed', suppressed: null })
  expect(post.pushes).toEqual([])
})

test('the order in which reports come, and how often, changes nothing', async () => {
  const story = ['processed', 'deferred', 'delivered', 'opened', 'clicked', 'complained'] as const
  const shuffled = fc.shuffledSubarray([...story, ...story], { minLength: story.length * 2 })
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const expected = {
    state: 'delivered',
    delivered_at: minutesAfter(2),
    opened_at: minutesAfter(3),
    clicked_at: minutesAfter(4),
    complained_at: minutesAfter(5),
  }
  await fc.assert(
    fc.asyncProperty(shuffled, fc.integer({ min: 1, max: 12 }), async (kinds, batchSize) => {
      const [message] = await buildMessages(db, shop, [{}])
      const reports = kinds.map((kind) => fact(message!, kind, story.indexOf(kind)))
      for (let from = 0; from < reports.length; from += batchSize)
        await post.report(reports.slice(from, from + batchSize))
      expect(await messageRow(db, message!)).toMatchObject(expected)
    }),
    { numRuns: 30 },
  )
})

test.each<[MessageFact['kind'], string | null, string, string]>([
  ['bounced', '550 5.1.1 unknown user', 'bounce', 'bounce'],
  ['complained', null, 'complaint', 'spam complaint'],
  ['unsubscribed', null, 'unsubscribe', 'unsubscribed by mail program'],
  ['dropped', 'Bounced Address', 'bounce', 'bounce'],
  ['dropped', 'Unsubscribed Address', 'unsubscribe', 'unsubscribed by mail program'],
  ['dropped', 'Spam Reporting Address', 'complaint', 'spam complaint'],
])(
  'a message that was %s (%s) stops all mail to the address at once, and Shopify is told',
  async (kind, reason, why, source) => {
    const { post, message } = await sentMessage()
    await post.report([fact(message, kind, 3, { reason })])
    expect(await person(message)).toEqual({
      consent: 'unsubscribed',
      suppressed: why,
      ledger: [`unsubscribed by ${source}`],
    })
    expect(post.pushes).toEqual([{ shopId: message.shopId, profileId: message.profileId }])
  },
)

test.each<[MessageFact['kind'], string | null]>([
  ['blocked', '421 try later'],
  ['dropped', 'Invalid SMTPAPI header'],
  ['deferred', '451 later'],
])('a message that was %s (%s) says nothing against its address', async (kind, reason) => {
  const { post, message } = await sentMessage()
  await post.report([fact(message, kind, 3, { reason })])
  expect(await person(message)).toMatchObject({ consent: 'subscribed', suppressed: null })
  expect(post.pushes).toEqual([])
})

test('a bounce keeps the reason without the address in it', async () => {
  const { post, message } = await sentMessage()
  await post.report([fact(message, 'bounced', 3, { reason: `550 5.1.1 <${message.email}>: user unknown` })])
  expect(await messageRow(db, message)).toMatchObject({
    state: 'bounced',
    reason: '550 5.1.1 <(address)>: user unknown',
    failed_at: minutesAfter(3),
  })
})

test('a bounce is about the address that was written to, not about the one the person has since', async () => {
  const { post, message } = await sentMessage()
  await db.pool.query(`update profile set email = 'new@example.com', email_hash = 'new' where id = $1`, [
    message.profileId,
  ])
  await post.report([fact(message, 'bounced')])
  const { rows } = await db.pool.query('select email_hash from suppression where shop_id = $1', [message.shopId])
  const sentTo = (await messageRow(db, message)).email_hash
  expect(rows).toEqual([{ email_hash: sentTo }])
  expect(sentTo).not.toBe('new')
})

test('a report proves that SendGrid has a message, so one that was queued again is not sent a second time', async () => {
  const { post, message } = await sentMessage()
  await db.pool.query(`update message set state = 'queued', due_at = $2 where id = $1`, [message.id, minutesAfter(1)])
  await db.pool.query(`update shop_lane set next_due_at = $2 where shop_id = $1`, [message.shopId, minutesAfter(1)])
  await post.report([fact(message, 'processed')])
  await post.deliver(minutesAfter(2))
  expect(post.standIn.counts()).toMatchObject({ received: 1 })
  expect(await messageRow(db, message)).toMatchObject({ state: 'handed_over' })
})

test('a report of a message that is not known is counted, and the others in its batch still hold', async () => {
  const { post, message } = await sentMessage()
  const other = await buildSendingShop(db)
  const unknown = { ...message, id: '5a1f0c7e-3b9a-5116-8f1f-7c8c4a6b5b0e' as typeof message.id }
  const nonsense = { ...message, id: `'; drop table message` as typeof message.id }
  const wrongShop = { ...message, shopId: other.shopId }
  const reports = [unknown, nonsense, wrongShop, message].map((each) => fact(each, 'delivered'))
  expect(await post.report(reports)).toEqual([null, null, null, message.profileId])
  expect(await messageRow(db, message)).toMatchObject({ state: 'delivered' })
})

test('a batch costs two statements, however many reports it holds, and none more when nothing is new', async () => {
  const { post, message } = await sentMessage()
  const apply = createMessageFacts({ enqueuePushConsent: async () => {}, log: silentLog })
  const reports = [fact(message, 'processed'), fact(message, 'delivered'), fact(message, 'opened')]
  const count = () =>
    withSystem(db, async (tx) => {
      let statements = 0
      const counting: SystemTx = {
        ...tx,
        rows(sql, values) {
          statements += 1
          return tx.rows(sql, values)
        },
      }
      await apply(counting, reports, post.clock.now())
      return statements
    })
  expect(await count()).toBe(2)
  expect(await count()).toBe(1)
})
