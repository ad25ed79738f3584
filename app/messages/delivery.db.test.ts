import { expect, test } from 'vitest'
import { openDatabase } from '#app/platform/database.server.ts'
import { buildMessages, buildSendingShop, messageRow, minutesAfter } from '#tests/builders/messages.ts'
import { openPost, secrets } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { deliverDue } from './delivery.server.ts'
import { readReaderToken } from './links.server.ts'
import { createSenderPauses } from './sender-pauses.ts'
import { createTemplateCache } from './template-store.server.ts'

const db = await createTestDatabase()

test('a due message is rendered, handed over once and kept with what SendGrid calls it', async () => {
  const post = await openPost(db)
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  expect(await post.deliver()).toBe(1)
  const [mail] = post.standIn.mails()
  expect(mail).toMatchObject({ to: message!.email, from: 'hello@harbour.example', messageId: message!.id })
  expect(await messageRow(db, message!)).toMatchObject({
    state: 'handed_over',
    provider_id: mail!.id,
    subject_line: 'You left your checkout at Harbour Goods open',
    attempts: 1,
    handed_over_at: post.clock.now(),
    claimed_at: post.clock.now(),
  })
  expect(await post.deliver()).toBe(0)
})

test('a mail carries the items, its way out, campaign parameters, and ids that tell nothing', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const [message] = await buildMessages(db, shop, [{}])
  const { rows } = await db.pool.query('select public_id from shop where id = $1', [shop.shopId])
  await post.deliver()
  const mail = post.standIn.mails()[0]!
  expect(mail.customArgs).toEqual({ message_id: message!.id, tenant: rows[0].public_id })
  expect(mail.categories).toEqual([])
  for (const part of [mail.html, mail.text]) {
    expect(part).toContain('Green tea')
    expect(part).toContain('£9.00')
    expect(part).toContain('1 Quay Street')
  }
  expect(mail.text).toContain('utm_source=tern&utm_medium=email&utm_campaign=abandoned-checkout&utm_content=reminder')
  const url = /^<(https:\/\/tern\.example\/unsubscribe\/([\w-]+))>$/.exec(mail.headers['List-Unsubscribe'] ?? '')
  expect(mail.headers['List-Unsubscribe-Post']).toBe('List-Unsubscribe=One-Click')
  expect(mail.text).toContain(url![1])
  expect(readReaderToken(secrets, url![2]!)).toEqual({
    shopId: shop.shopId,
    profileId: message!.profileId,
    messageId: message!.id,
  })
})

test('a transactional mail has no List-Unsubscribe header', async () => {
  const post = await openPost(db)
  await buildMessages(db, await buildSendingShop(db), [{ class: 'transactional' }])
  await post.deliver()
  expect(post.standIn.mails()[0]!.headers).toEqual({})
})

test('replies go where the shop wants them, and the mail is in the name of the shop', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  await db.pool.query(`update sender set reply_to = 'care@harbour.example' where shop_id = $1`, [shop.shopId])
  await buildMessages(db, shop, [{}])
  await post.deliver()
  expect(post.standIn.mails()[0]).toMatchObject({ replyTo: 'care@harbour.example', fromName: 'Harbour Goods' })
})

test('four workers at once send three hundred messages of three shops once each, whatever SendGrid answers', async () => {
  const wobbly = (n: number) =>
    n > 350 ? 'ok' : n % 11 === 0 ? { status: 503 as const } : n % 7 === 0 ? 'accept-then-drop-connection' : 'ok'
  const post = await openPost(db, { faults: wobbly })
  const messages = []
  for (let shop = 0; shop < 3; shop++)
    messages.push(
      ...(await buildMessages(
        db,
        await buildSendingShop(db),
        Array.from({ length: 100 }, () => ({})),
      )),
    )
  const workers = await Promise.all(
    [1, 2, 3, 4].map(async () => {
      const own = openDatabase(db.url, 3)
      return { ...post.deps, db: own, pauses: createSenderPauses(), templates: createTemplateCache() }
    }),
  )
  for (const minutes of [0, 5, 31, 40, 90, 180, 300]) {
    post.clock.advanceTo(minutesAfter(minutes))
    await Promise.all(
      workers.map(async (worker) => {
        for (let idle = 0; idle < 3; ) idle = (await deliverDue(worker)) > 0 ? 0 : idle + 1
      }),
    )
  }
  await Promise.all(workers.map((worker) => worker.db.close()))
  expect(post.standIn.counts()).toMatchObject({ received: 300, distinctMessageIds: 300, duplicates: 0 })
  const { rows } = await db.pool.query(
    `select state, count(*)::int as count from message where id = any($1) group by state`,
    [messages.map(({ id }) => id)],
  )
  expect(rows).toEqual([{ state: 'handed_over', count: 300 }])
})

test('a shop with a long queue does not hold up a shop with one message', async () => {
  const post = await openPost(db)
  const busy = await buildSendingShop(db)
  await buildMessages(
    db,
    busy,
    Array.from({ length: 100 }, () => ({})),
  )
  await deliverDue(post.deps, 8)
  const [single] = await buildMessages(db, await buildSendingShop(db), [{}])
  await deliverDue(post.deps, 8)
  expect(await messageRow(db, single!)).toMatchObject({ state: 'handed_over' })
  expect(post.standIn.counts().received).toBeLessThan(20)
})

test('a message queued twice is one message', async () => {
  const post = await openPost(db)
  const shop = await buildSendingShop(db)
  const [message] = await buildMessages(db, shop, [{}])
  await post.deliver()
  await db.pool.query(`update shop_lane set next_due_at = '-infinity' where shop_id = $1`, [shop.shopId])
  expect(await post.deliver()).toBe(1)
  expect(post.standIn.counts()).toMatchObject({ received: 1 })
  expect(await messageRow(db, message!)).toMatchObject({ attempts: 1 })
})
