// What shoppers and merchants type stays text: in mails, in their headers, and on every page of the admin.
import { expect, test } from 'vitest'
import { withoutControls } from '#app/messages/rendering/plain-line.ts'
import type { Database } from '#app/platform/database.server.ts'
import { buildMessages, buildSendingShop, messageRow, oneItem } from '#tests/builders/messages.ts'
import { openPost } from '#tests/builders/post.ts'
import { createTestDatabase } from '#tests/database.ts'
import { fillTenant } from './support/fill-tenant.ts'
import { openTern } from './support/open-tern.ts'
import { listPages } from './support/pages-from-source.ts'

const db = await createTestDatabase()

/** Markup, script, Liquid, a forged header and characters that turn text around, in one. */
const nasty = `"><img src=x onerror=alert(1)></script><script>alert(2)</script>{{ 7 | times: 191 }}{% raw %}\r\nBcc: all@evil.example\u202e\u0001'`

type Texts = { table: string; column: string }[]

/** Every text column of `tables`: a new one is attacked with the others. */
async function textColumns(database: Database, tables: string[]): Promise<Texts> {
  const { rows } = await database.pool.query<Texts[number]>(
    `select table_name as table, column_name as column from information_schema.columns
     where table_schema = 'public' and table_name = any($1) and data_type = 'text' order by 1, 2`,
    [tables],
  )
  return rows
}

const columns = await textColumns(db, ['profile', 'sender', 'shop', 'checkout', 'flow', 'product', 'variant'])

test('there is something to type into', () => expect(columns.length).toBeGreaterThan(25))

test('whatever is typed into any one field, the mail is clean or is not sent, and says why', async () => {
  const post = await openPost(db)
  const sent = []
  for (const { table, column } of columns) {
    const shop = await buildSendingShop(db)
    const [message] = await buildMessages(db, shop, [{}])
    await addProduct(shop.shopId)
    const isOwn = table === 'shop' ? 'id' : 'shop_id'
    // Domains are unique, and some columns hold one of a few words; what the database refuses nobody can type.
    const typed = `update ${table} set ${column} = $2 where ${isOwn} = $1`
    const isKept = await db.pool.query(typed, [shop.shopId, `${nasty} ${shop.shopId}`]).then(
      () => true,
      () => false,
    )
    if (!isKept) continue
    sent.push({ place: `${table}.${column}`, message: message! })
  }
  await post.deliver()
  const mails = new Map(post.standIn.mails().map((mail) => [mail.messageId, mail]))
  for (const { place, message } of sent) {
    const { state, reason } = await messageRow(db, message)
    if (state !== 'handed_over') expect([place, state, reason]).toEqual([place, expect.any(String), expect.any(String)])
    const mail = mails.get(message.id)
    if (!mail) continue
    expect(mail.html, place).not.toMatch(/<img src=x|<script>alert|onerror=alert\(1\)>/)
    for (const part of [mail.html, mail.text, mail.subject, mail.fromName ?? '']) {
      expect(part, place).not.toContain('1337')
      expect(part, place).toBe(withoutControls(part))
    }
    for (const line of [
      mail.subject,
      mail.fromName ?? '',
      mail.from,
      mail.to,
      mail.replyTo ?? '',
      ...Object.values(mail.headers),
    ])
      expect(line, place).not.toMatch(/[\r\n]/)
  }
  expect(mails.size).toBeGreaterThan(columns.length / 2)
})

test('nor does what was put into a basket', async () => {
  const post = await openPost(db)
  for (const field of ['title', 'variantTitle', 'productId', 'variantId']) {
    const shop = await buildSendingShop(db)
    await buildMessages(db, shop, [{ items: [{ ...oneItem, [field]: nasty }] }])
  }
  await post.deliver()
  expect(post.standIn.mails()).toHaveLength(4)
  for (const { html, text } of post.standIn.mails()) {
    expect(html).not.toMatch(/<img src=x|<script>alert/)
    expect(html + text).not.toContain('1337')
  }
})

test('a link that runs code gets into no mail', async () => {
  const post = await openPost(db)
  for (const url of [
    'javascript:alert(1)',
    'data:text/html,<script>alert(1)</script>',
    '"><script>alert(2)</script>',
  ]) {
    const shop = await buildSendingShop(db)
    const [message] = await buildMessages(db, shop, [{}])
    await db.pool.query('update checkout set url = $2 where shop_id = $1', [shop.shopId, url])
    await post.deliver()
    expect((await messageRow(db, message!)).state).toBe('skipped')
  }
  expect(post.standIn.mails()).toEqual([])
})

test('no page of the admin shows as markup what stands in any field of the shop', async () => {
  const { install, visit } = await openTern(db)
  const shopId = await install()
  await db.pool.query('delete from shop_lane where shop_id = $1', [shopId])
  const marks = { word: nasty.replaceAll('\u0000', ''), number: 900_003, uuid: '00000000-0000-4000-8000-000000000003' }
  await fillTenant(db, shopId, marks)
  await db.pool.query('update shop set name = $2, address = $2, email = $2 where id = $1', [shopId, nasty])
  let shown = 0
  for (const { id, path, hasLoader } of await listPages()) {
    if (!hasLoader || !path.startsWith('/app')) continue
    const address = path.replace(/:\w+\??/g, String(marks.number)).replace('*', 'x')
    const page = await (await visit(address)).text()
    expect(page, path).not.toMatch(/<img src=x onerror|<\/script><script>alert/)
    const answer = await visit(address, { query: { _data: id } })
    if (answer.headers.get('content-type')?.includes('html'))
      expect(await answer.text()).not.toMatch(/<img src=x onerror/)
    if (/text\/csv/.test(answer.headers.get('content-type') ?? ''))
      // A spreadsheet runs what begins with one of these.
      expect(await answer.text(), path).not.toMatch(/(^|[,\n])"?[=+\-@\t\r]/)
    if (page.includes('alert(1)')) shown += 1
  }
  expect(shown, 'no page shows any of it, so this shows nothing').toBeGreaterThan(0)
})

async function addProduct(shopId: number) {
  const at = '2026-01-01T00:00:00Z'
  await db.pool.query(
    `insert into product (shop_id, shopify_id, title, handle, image_url, source_updated_at)
     values ($1, 'gid://shopify/Product/1', 'Green tea', 'green-tea', 'https://cdn.example/tea.jpg', $2)`,
    [shopId, at],
  )
  await db.pool.query(
    `insert into variant (shop_id, shopify_id, product_id, title, price_minor, stock, source_updated_at)
     values ($1, 'gid://shopify/ProductVariant/11', 'gid://shopify/Product/1', 'Default Title', 450, 5, $2)`,
    [shopId, at],
  )
}
