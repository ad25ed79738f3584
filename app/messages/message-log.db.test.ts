import { expect, test } from 'vitest'
import { withShop } from '#app/platform/database.server.ts'
import { buildMessages, buildSendingShop, minutesAfter, type SendingShop } from '#tests/builders/messages.ts'
import { openPost } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { listMessages, listReasons, type MessageCursor } from './list-messages.server.ts'
import { findMessage } from './message-details.server.ts'
import { messageFilterIn } from './message-filter.ts'
import { remadeMail } from './remade-mail.ts'

const db = await createTestDatabase()
const firstPage: MessageCursor = { direction: 'after', keys: null }

test('the mail that is shown later is the mail that was sent, but for the reader’s own links', async () => {
  const shop = await buildSendingShop(db)
  const post = await openPost(db)
  const [queued] = await buildMessages(db, shop, [{}])
  await post.deliver()
  const sent = post.standIn.mails()[0]!
  const message = (await withShop(db, shop.shopId, (tx) => findMessage(tx, queued!.id)))!
  const mail = remadeMail(message)!
  const withoutLinks = (text: string) =>
    text.replace(/https?:\/\/[^\s"<]*(unsubscribe|preferences)[^\s"<]*/g, '(own link)')
  expect(mail.subject).toBe(sent.subject)
  expect(withoutLinks(mail.html)).toBe(withoutLinks(sent.html))
  expect(withoutLinks(mail.text)).toBe(withoutLinks(sent.text))
  expect(JSON.stringify(message.content)).not.toContain('/unsubscribe/')
})

test('a mail that was not sent, or whose content is gone, is not made up', async () => {
  const shop = await buildSendingShop(db)
  const [queued] = await buildMessages(db, shop, [{}])
  const message = (await withShop(db, shop.shopId, (tx) => findMessage(tx, queued!.id)))!
  expect(remadeMail(message)).toBeNull()
})

test('the log is narrowed by flow, state and reason, and tells the reasons that there are', async () => {
  const shop = await buildSendingShop(db)
  const [skipped, delivered, waiting] = await buildMessages(db, shop, [{}, {}, {}])
  await set(skipped!.id, 'skipped', 'no_consent')
  await set(delivered!.id, 'delivered', null)
  expect(await idsOf(shop, 'state=skipped')).toEqual([skipped!.id])
  expect(await idsOf(shop, 'state=sent')).toEqual([delivered!.id])
  expect(await idsOf(shop, 'state=waiting')).toEqual([waiting!.id])
  expect(await idsOf(shop, 'reason=no_consent')).toEqual([skipped!.id])
  expect(await idsOf(shop, `flow=${shop.flowId}`)).toHaveLength(3)
  expect(await idsOf(shop, 'flow=2147483647')).toEqual([])
  expect(await idsOf(shop, "flow=x&state='&reason=;drop")).toHaveLength(3)
  expect(await withShop(db, shop.shopId, listReasons)).toEqual(['no_consent'])
})

test('page by page every message is listed once, though all were decided at one moment', async () => {
  const shop = await buildSendingShop(db)
  const built = await buildMessages(
    db,
    shop,
    Array.from({ length: 120 }, () => ({})),
  )
  const ids: string[] = []
  let cursor = firstPage
  for (;;) {
    const page = await withShop(db, shop.shopId, (tx) =>
      listMessages(tx, messageFilterIn(new URLSearchParams()), cursor),
    )
    ids.push(...page.rows.map(({ id }) => id))
    if (page.next === null) break
    cursor = { direction: 'after', keys: JSON.parse(decodeURIComponent(atob(page.next))) }
  }
  expect(ids.toSorted()).toEqual(built.map(({ id }) => id).toSorted())
})

test('another shop’s message is neither listed nor found', async () => {
  const [message] = await buildMessages(db, await buildSendingShop(db), [{}])
  const other = await buildSendingShop(db)
  expect(await idsOf(other, '')).toEqual([])
  expect(await withShop(db, other.shopId, (tx) => findMessage(tx, message!.id))).toBeNull()
})

const set = (id: string, state: string, reason: string | null) =>
  db.pool.query('update message set state = $2, reason = $3, decided_at = $4 where id = $1', [
    id,
    state,
    reason,
    minutesAfter(5),
  ])

const idsOf = ({ shopId }: SendingShop, query: string) =>
  withShop(db, shopId, async (tx) => {
    const { rows } = await listMessages(tx, messageFilterIn(new URLSearchParams(query)), firstPage)
    return rows.map(({ id }) => id)
  })
