// A person who has left traces in every table of a shop, for erasing and exporting.
import { randomUUID } from 'node:crypto'
import { acceptDeliveries, archiveInbox, type Delivery, setAsideInbox, takeInbox } from '#app/events/inbox.server.ts'
import { profileId, type ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { emailHash } from '#app/profiles/email-hash.ts'
import { insertRows } from './rows.ts'

export const person = {
  customerId: 'gid://shopify/Customer/918273645546',
  email: 'zebedee.quillfeather@post.example',
  oldEmail: 'zebbie@old.example',
  phone: '+447700900417',
  firstName: 'Zebedee',
  lastName: 'Quillfeather',
}

/** Whatever says who it was. */
export const personalWords = [
  person.email,
  person.oldEmail,
  '447700900417',
  person.firstName,
  person.lastName,
  '918273645546',
]

export const orderId = 'gid://shopify/Order/556677889900'
const at = '2026-05-01T10:00:00Z'

/** Leaves the traces; `pepper` is the key of the hashes. */
export async function leaveTraces(db: Database, shopId: ShopId, pepper: string) {
  const ids = await insertProfiles(db, shopId, pepper)
  await leavePurchases(db, shopId, ids.own)
  await leaveMail(db, shopId, ids.own, pepper)
  await leaveDeliveries(db, shopId, ids.own)
  return ids
}

async function insertProfiles(db: Database, shopId: ShopId, pepper: string) {
  const { customerId, email, oldEmail, phone, firstName, lastName } = person
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, shopify_customer_id, email, email_hash, phone, first_name, last_name, tags,
       attributes, stated_at, tag_changes, consent, order_count, total_spent_minor, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, array[$6], $8, '{}', $9, 'subscribed', 1, 4200, $10) returning id`,
    [
      shopId,
      customerId,
      email,
      emailHash(email, pepper),
      phone,
      firstName,
      lastName,
      { nickname: firstName },
      { [firstName]: 1 },
      at,
    ],
  )
  const own = rows[0]!.id
  const merged = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, email, merged_into, created_at) values ($1, $2, $3, $4) returning id`,
    [shopId, oldEmail, own, at],
  )
  const of = { shop_id: shopId, profile_id: own }
  await insertRows(
    db,
    'profile_identity',
    [
      ['customer', customerId],
      ['email', email],
      ['email', oldEmail],
      ['phone', phone],
      ['cart', 'cart-token-1'],
    ].map(([kind, value]) => ({ ...of, kind, value, stated_at: at })),
  )
  await db.pool.query(
    `insert into profile_merge (shop_id, from_profile_id, into_profile_id, reason, merged_at) values ($1, $2, $3, 'email', $4)`,
    [shopId, merged.rows[0]!.id, own, at],
  )
  await db.pool.query(
    `insert into consent_entry (shop_id, profile_id, channel, state, source, wording, occurred_at, recorded_at)
     values ($1, $2, 'email', 'subscribed', 'form', $3, $4, $4)`,
    [shopId, own, `Yes, write to ${firstName} at ${email}`, at],
  )
  await insertRows(db, 'audit_entry', [
    {
      shop_id: shopId,
      id: own,
      at,
      actor: 'staff:1',
      action: 'profile.tagged',
      subject: 'profile',
      details: { added: [`knows ${firstName}`] },
      profile_id: own,
    },
  ])
  await insertRows(db, 'suppression', [
    { shop_id: shopId, email_hash: emailHash(email, pepper), reason: 'complaint', created_at: at },
  ])
  return { own: profileId(own), merged: profileId(merged.rows[0]!.id) }
}

async function leavePurchases(db: Database, shopId: ShopId, id: number) {
  const of = { shop_id: shopId, profile_id: id }
  const timed = { currency: 'GBP', created_at: at, source_updated_at: at, items: [], item_count: 0, total_minor: 4200 }
  const url = `https://shop.example/checkouts/1?email=${encodeURIComponent(person.email)}`
  await insertRows(db, 'cart', [{ ...of, token: 'cart-token-1', ...timed }])
  await insertRows(db, 'checkout', [{ ...of, token: 'checkout-token-1', cart_token: 'cart-token-1', url, ...timed }])
  const order = { ...of, shopify_id: orderId, name: '#1', currency: 'GBP', total_minor: 4200, refunded_minor: 0 }
  const orderTimes = { placed_at: at, paid_at: at, source_updated_at: at, refunds_stated_minor: 0, is_test: false }
  await insertRows(db, 'shop_order', [{ ...order, ...orderTimes }])
  const part = { shop_id: shopId, order_id: orderId }
  const line = { line_id: '1', title: 'Mug', quantity: 1, price_minor: 4200, line_minor: 4200, refunded_quantity: 0 }
  await insertRows(db, 'order_line', [{ ...part, ...line }])
  await insertRows(db, 'refund', [{ ...part, shopify_id: 'refund-1', amount_minor: 100, refunded_at: at, lines: [] }])
  await insertRows(db, 'fulfilment', [
    { ...part, shopify_id: 'fulfilment-1', status: 'success', shipped_at: at, source_updated_at: at },
  ])
  await insertRows(db, 'event_once', [
    { shop_id: shopId, key: `customer_created ${person.customerId}` },
    { shop_id: shopId, key: `order_placed order:${orderId}` },
  ])
  const event = { ...of, occurred_at: at, received_at: at }
  for (const [type, props, value] of [
    ['customer_created', { customerId: person.customerId }, null],
    ['tags_added', { tags: [person.firstName], who: person.email }, null],
    ['order_placed', { items: 1 }, 4200],
  ] as const)
    await db.pool.query(
      `insert into event (shop_id, profile_id, type, subject, occurred_at, received_at, value_minor, currency, props)
       values ($1, $2, $3, 'profile', $4, $5, $6, 'GBP', $7)`,
      [shopId, id, type, event.occurred_at, event.received_at, value, props],
    )
}

async function leaveMail(db: Database, shopId: ShopId, id: number, pepper: string) {
  const { firstName, email } = person
  const flow = await db.pool.query<{ id: number }>(
    `insert into flow (shop_id, key, name, state, priority, draft, live_version, created_at, updated_at)
     values ($1, 'welcome', 'Welcome', 'live', 1, '{}', 1, $2, $2) returning id`,
    [shopId, at],
  )
  const flowId = flow.rows[0]!.id
  await insertRows(db, 'flow_version', [
    { shop_id: shopId, flow_id: flowId, version: 1, definition: {}, published_at: at },
  ])
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into enrolment (shop_id, flow_id, version, profile_id, subject, step, wake_at, context, entered_at)
     values ($1, $2, 1, $3, 'profile', 'wait', $4, $5, $4) returning id`,
    [shopId, flowId, id, at, { name: firstName }],
  )
  const enrolmentId = rows[0]!.id
  const visit = { shop_id: shopId, enrolment_id: enrolmentId, step: 'mail', occurrence: 1, at, verdict: 'queued' }
  await insertRows(db, 'visit', [{ ...visit, seen: { email } }])
  await insertRows(db, 'absence_timer', [{ shop_id: shopId, flow_id: flowId, profile_id: id, due_at: at }])
  const templateId = randomUUID()
  await insertRows(db, 'message_template', [
    { shop_id: shopId, id: templateId, source: {}, compiled: {}, proved_at: at },
  ])
  const message = { shop_id: shopId, profile_id: id, flow_id: flowId, flow_version: 1, enrolment_id: enrolmentId }
  const mail = { template_id: templateId, channel: 'email', class: 'marketing', subject_ref: 'profile' }
  const times = { created_at: at, due_at: at, first_due_at: at, attempts: 0 }
  const words = {
    subject_line: `${firstName}, your cart`,
    email_hash: emailHash(email, pepper),
    seen: { email },
    content: { name: firstName },
  }
  await insertRows(db, 'message', [
    { ...message, ...mail, ...times, ...words, id: randomUUID(), state: 'queued', reason: null },
    { ...message, ...mail, ...times, ...words, id: randomUUID(), state: 'bounced', reason: `550 <${email}> unknown` },
  ])
}

/** Of each kind: archived with and without the person's profile, pending, set aside. */
async function leaveDeliveries(db: Database, shopId: ShopId, id: number) {
  const { customerId, email, oldEmail, firstName, lastName, phone } = person
  const bodies: [string, object][] = [
    ['customers/update', { admin_graphql_api_id: customerId, email, first_name: firstName, last_name: lastName }],
    ['customers/redact', { customer: { id: 918273645546, email: email.toUpperCase(), phone } }],
    ['orders/updated', { id: 556677889900, email: oldEmail, customer: { first_name: firstName } }],
    ['fulfillments/create', { order_id: 556677889900, destination: { name: `${firstName} ${lastName}` } }],
  ]
  const now = new Date()
  const nothing = {
    shopId,
    source: 'shopify',
    triggeredAt: now,
    body: Buffer.from('{"token":"somebody-else"}'),
  } as const
  const deliveries = bodies.map(
    ([topic, body], index): Delivery => ({
      shopId,
      source: index === 0 ? 'sync' : 'shopify',
      topic,
      deliveryId: index === 0 ? `${customerId}@${at}` : randomUUID(),
      triggeredAt: now,
      body: Buffer.from(JSON.stringify(body)),
    }),
  )
  await acceptDeliveries(db, [...deliveries, { ...nothing, topic: 'carts/update', deliveryId: randomUUID() }], now)
  await withSystem(db, async (tx) => {
    const done = (await takeInbox(tx, [shopId], 10)).map((row, index) => ({
      shopId,
      id: row.id,
      profileId: index === 0 ? profileId(id) : null,
    }))
    await archiveInbox(tx, done, now)
  })
  const again = deliveries.map((delivery) => ({ ...delivery, deliveryId: `${delivery.deliveryId}-again` }))
  await acceptDeliveries(db, [...again, { ...nothing, topic: 'carts/update', deliveryId: randomUUID() }], now)
  await withSystem(db, async (tx) => {
    const [first] = await takeInbox(tx, [shopId], 10)
    await setAsideInbox(tx, [{ shopId, id: first!.id, error: 'unexpected error' }], now)
  })
}
