// Nothing personal and nothing secret gets into logs, metrics or answers, whatever arrives and whatever fails.
import { createHmac } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { isShopifyTopic } from '#app/events/sources/shopify/topics.ts'
import { credentials } from '#sandbox/shopify/fixtures/small-shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { openTern, ownDomain } from './support/open-tern.ts'

const db = await createTestDatabase()
const { tern, url, visit, install, logged, sendGrid } = await openTern(db)
const shopId = await install()

const email = 'zebedee.quillfeather@post.example'
const telltale = `Zebedee Quillfeather <${email}> +447700900417`
const words = /zebedee|quillfeather|447700900417|post\.example/i
const answers: string[] = []

const folder = 'tests/fixtures/webhooks'
const fixtures = readdirSync(folder)
  .filter((file) => file.endsWith('.json'))
  .map((file) => ({ topic: topicOf(file), payload: JSON.parse(readFileSync(`${folder}/${file}`, 'utf8')) as unknown }))
  .filter(({ topic }) => isShopifyTopic(topic))

test('every topic there is, each field telling of one person, sound and broken, is taken in and worked off', async () => {
  expect(fixtures.length).toBeGreaterThan(25)
  for (const { topic, payload } of fixtures.filter(
    ({ topic }) => !['app/uninstalled', 'shop/redact'].includes(topic),
  )) {
    const told = JSON.stringify(telling(payload))
    const odd = JSON.stringify(telling(payload, { dates: telltale }))
    for (const body of [told, odd, told.slice(0, -20), telltale, `["${telltale}"]`]) await post(topic, body)
    await post(topic, told, { 'x-shopify-hmac-sha256': 'A'.repeat(43).concat('=') })
    await post(`${topic}/${email}`, told)
    await post(topic, told, { 'x-shopify-shop-domain': `${email}.myshopify.com` })
  }
  while ((await tern.workDue()) > 1) {
    // On to the next batch.
  }
  const { rows } = await db.pool.query('select count(*)::int as n from profile where shop_id = $1', [shopId])
  expect(rows[0].n).toBeGreaterThan(0)
  const aside = await db.pool.query<{ error: string }>('select error from inbox where set_aside_at is not null')
  expect(aside.rowCount).toBeGreaterThan(10)
  for (const { error } of aside.rows) expect(error).not.toMatch(words)
})

test('SendGrid tells of the person as well, and so do links and pages', async () => {
  const event = { email, event: 'bounce', reason: `550 ${telltale}`, timestamp: 1_790_000_000, sg_event_id: 'b-1' }
  for (const body of [JSON.stringify([event]), `[${telltale}`, JSON.stringify([{ ...event, tenant: telltale }])])
    answers.push(await (await fetch(`${url}/webhooks/sendgrid`, { method: 'POST', body })).text())
  for (const path of [`/unsubscribe/${email}`, `/preferences/${encodeURIComponent(telltale)}`, `/${email}`])
    await (await fetch(url + path)).text()
  for (const path of ['/app', `/app/${email}`]) await (await visit(path)).text()
  await tern.deliverDue()
  expect(sendGrid.mails().length).toBeGreaterThanOrEqual(0)
})

test('a statement that the database refuses is told without the data that it refused', async () => {
  const refused = db.pool.query('select $1::int', [telltale])
  const error: unknown = await refused.catch((error: unknown) => error)
  expect(String(error)).toMatch(words)
  tern.log.error({ err: error, error }, 'as the product logs what it did not expect')
  tern.log.error({ shop: { email }, reason: `no mailbox ${email}` }, `it failed for ${email}`)
})

test('neither logs, nor metrics, nor answers tell of the person, or of any secret', async () => {
  const metrics = await (await fetch(`${url}/metrics`)).text()
  expect(metrics).toContain('tern_intake_deliveries_total')
  expect(logged.length).toBeGreaterThan(50)
  const secrets = [
    credentials.apiSecret,
    tern.env.ENCRYPTION_KEY,
    sendGrid.apiKey,
    'a-token-of-some-length',
    'shpat_',
    'eyJ',
  ]
  const { rows } = await db.pool.query<{ accessToken: string }>('select "accessToken" from session')
  expect(rows.length).toBeGreaterThan(0)
  for (const text of [...logged, ...answers, metrics]) {
    expect(text).not.toMatch(words)
    expect(
      secrets.filter((secret) => text.includes(secret)),
      text,
    ).toEqual([])
  }
  for (const { accessToken } of rows) expect(accessToken).not.toMatch(/^shp/)
})

/** The payload with `telltale` in every text but those that decide what it is: ids, times, amounts, codes. */
function telling(value: unknown, { dates }: { dates?: string } = {}, key = ''): unknown {
  if (Array.isArray(value)) return value.map((item) => telling(item, { dates }, key))
  if (value !== null && typeof value === 'object')
    return Object.fromEntries(Object.entries(value).map(([name, item]) => [name, telling(item, { dates }, name)]))
  if (key === 'shop_domain' || key === 'myshopify_domain') return ownDomain
  if (typeof value !== 'string') return value
  if (/email/.test(key)) return email
  if (/_at$|date/.test(key)) return dates ?? value
  return /^(gid:|[\d.]+$|[A-Z]{2,3}$)|^https?:/.test(value) || /token|status|state|kind|id$/.test(key)
    ? value
    : telltale
}

/** As Shopify names it: `orders_create.json` is `orders/create`, `customer.tags_added.json` has its own dot. */
function topicOf(file: string) {
  const name = file.replace('.json', '')
  if (name.startsWith('customer.')) return name
  return ['customers_email_marketing_consent', 'bulk_operations', 'fulfillment_events', 'order_transactions']
    .filter((resource) => name.startsWith(resource))
    .map((resource) => name.replace(`${resource}_`, `${resource}/`))
    .concat(name.replace('_', '/'))[0]!
}

let sent = 0

async function post(topic: string, body: string, changes: Record<string, string> = {}) {
  sent += 1
  const answer = await fetch(`${url}/webhooks/shopify`, {
    method: 'POST',
    body,
    headers: {
      'x-shopify-topic': topic,
      'x-shopify-shop-domain': ownDomain,
      'x-shopify-api-version': '2026-10',
      'x-shopify-webhook-id': `discretion-${sent}`,
      'x-shopify-triggered-at': new Date().toISOString(),
      'x-shopify-hmac-sha256': createHmac('sha256', credentials.apiSecret).update(body).digest('base64'),
      ...changes,
    },
  })
  answers.push(await answer.text())
}
