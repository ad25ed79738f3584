// Builds one person with everything that a profile's page can show, in a shop that is there already.
import { randomUUID } from 'node:crypto'
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'
import { insertRows } from './rows.ts'

export const knownAt = new Date('2026-11-20T10:00:00Z')
const hoursBefore = (hours: number) => new Date(knownAt.getTime() - hours * 3_600_000)

export interface KnownPerson {
  profileId: ProfileId
  email: string
  messageId: string
  flowId: number
}

/** Subscribed, has ordered twice, left a checkout, got a mail about it, and was not sent another. */
export async function buildKnownPerson(db: Database, shopId: ShopId): Promise<KnownPerson> {
  const email = 'ann.lee@example.com'
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, shopify_customer_id, email, email_hash, first_name, last_name, locale, country_code,
       tags, attributes, consent, consent_level, consent_at, order_count, total_spent_minor, first_order_at,
       last_order_at, created_at)
     values ($1, 'gid://shopify/Customer/8001', $2, 'hash of ann', 'Ann', 'Lee', 'en-GB', 'GB', '{vip,newsletter}',
       '{"favourite colour": "green"}', 'subscribed', 'confirmed_opt_in', $3, 2, 8400, $3, $4, $3) returning id`,
    [shopId, email, hoursBefore(900), hoursBefore(300)],
  )
  const own = { shop_id: shopId, profile_id: rows[0]!.id }
  await leaveConsent(db, own)
  await leavePurchases(db, own)
  const { flowId, messageId } = await leaveMails(db, own)
  return { profileId: profileId(own.profile_id), email, messageId, flowId }
}

type Own = { shop_id: ShopId; profile_id: number }

function leaveConsent(db: Database, own: Own) {
  const entry = { ...own, channel: 'email', recorded_at: hoursBefore(900) }
  return insertRows(db, 'consent_entry', [
    {
      ...entry,
      id: 1,
      state: 'pending',
      source: 'sign-up form',
      wording: 'News and offers',
      occurred_at: hoursBefore(901),
    },
    { ...entry, id: 2, state: 'subscribed', source: 'confirmation link', wording: null, occurred_at: hoursBefore(900) },
  ])
}

async function leavePurchases(db: Database, own: Own) {
  const items = ['Green tea', 'Cup', 'Tea pot', 'Honey'].map((title) => ({ title, quantity: 1 }))
  const basket = { ...own, items: JSON.stringify(items), item_count: 4, total_minor: 4200, currency: 'GBP' }
  await insertRows(db, 'checkout', [
    { ...basket, items, token: 'left', created_at: hoursBefore(5), source_updated_at: hoursBefore(4) },
  ])
  const order = { ...own, currency: 'GBP', total_minor: 4200, refunds_stated_minor: 0, is_test: false }
  await insertRows(db, 'shop_order', [
    {
      ...order,
      shopify_id: 'o1',
      name: '#1001',
      refunded_minor: 0,
      placed_at: hoursBefore(900),
      source_updated_at: knownAt,
    },
    {
      ...order,
      shopify_id: 'o2',
      name: '#1002',
      refunded_minor: 500,
      placed_at: hoursBefore(300),
      source_updated_at: knownAt,
    },
  ])
  const line = {
    shop_id: own.shop_id,
    line_id: '1',
    quantity: 2,
    price_minor: 2100,
    line_minor: 4200,
    refunded_quantity: 0,
  }
  await insertRows(db, 'order_line', [
    { ...line, order_id: 'o1', title: 'Green tea' },
    { ...line, order_id: 'o2', title: 'Cup' },
  ])
  const event = { ...own, received_at: knownAt, currency: 'GBP', value_minor: 4200, props: {} }
  await insertRows(db, 'event', [
    { ...event, id: 1, type: 'order_placed', subject: 'order:o1', occurred_at: hoursBefore(900) },
    { ...event, id: 2, type: 'order_placed', subject: 'order:o2', occurred_at: hoursBefore(300) },
    { ...event, id: 3, type: 'checkout_started', subject: 'checkout:left', occurred_at: hoursBefore(5) },
  ])
}

async function leaveMails(db: Database, own: Own) {
  const { shop_id } = own
  const { rows } = await db.pool.query<{ id: number; version: number }>(
    `select id, live_version as version from flow where shop_id = $1 and live_version is not null order by id limit 1`,
    [shop_id],
  )
  const { id: flowId, version } = rows[0]!
  const { rows: templates } = await db.pool.query<{ id: string }>(
    'select id from message_template where shop_id = $1 order by id limit 1',
    [shop_id],
  )
  const enrolment = { ...own, id: 1, flow_id: flowId, version, subject: 'checkout:left', occurrence: 1, revision: 3 }
  const times = { at: hoursBefore(5).toISOString() }
  await insertRows(db, 'enrolment', [
    {
      ...enrolment,
      state: 'active',
      step: 'third-wait',
      attempts: 0,
      wake_at: new Date(knownAt.getTime() + 48 * 3_600_000),
      entered_at: hoursBefore(5),
      context: { trigger: {}, triggeredAt: times.at, reachedAt: times.at, happened: {}, hasSent: true },
    },
  ])
  const message = { ...own, flow_id: flowId, flow_version: version, enrolment_id: 1, template_id: templates[0]!.id }
  const plain = { ...message, channel: 'email', class: 'marketing', subject_ref: 'checkout:left', attempts: 1 }
  const messageId = randomUUID()
  const gates = [
    { gate: 'shop', word: 'send', reason: null, seen: { shop: 'active' } },
    { gate: 'consent', word: 'send', reason: null, seen: { consent: 'subscribed' } },
    { gate: 'flow', word: 'send', reason: null, seen: { 'open checkout': true } },
  ]
  const skipped = [
    ...gates.slice(0, 2),
    { gate: 'flow', word: 'skip', reason: 'filter', seen: { 'open checkout': false } },
  ]
  const sent = { state: 'delivered', reason: null, subject_line: 'You left something behind', seen: gates }
  const kept = { state: 'skipped', reason: 'filter', subject_line: null, seen: skipped }
  await insertRows(db, 'message', [
    {
      ...plain,
      ...sent,
      id: messageId,
      step: 'reminder',
      ...when(4),
      handed_over_at: hoursBefore(4),
      clicked_at: hoursBefore(3),
    },
    { ...plain, ...kept, id: randomUUID(), step: 'reassurance', ...when(1), handed_over_at: null, clicked_at: null },
  ])
  await insertRows(db, 'event', [
    {
      ...own,
      id: 4,
      type: 'message_delivered',
      subject: `message:${messageId}`,
      occurred_at: hoursBefore(4),
      received_at: knownAt,
      props: {},
    },
    {
      ...own,
      id: 5,
      type: 'message_clicked',
      subject: `message:${messageId}`,
      occurred_at: hoursBefore(3),
      received_at: knownAt,
      props: { url: 'https://shop.example/checkout' },
    },
  ])
  return { flowId, messageId }
}

const when = (hours: number) => ({
  created_at: hoursBefore(hours),
  first_due_at: hoursBefore(hours),
  decided_at: hoursBefore(hours),
})
