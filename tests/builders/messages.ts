// Builds what sending begins with: a shop with a flow and a template, and messages to people who left a checkout.
import { randomUUID } from 'node:crypto'
import { abandonedCheckoutMails } from '#app/flows/presets/abandoned-checkout/mails.ts'
import {
  type EnrolmentId,
  enrolmentId,
  type FlowId,
  flowId,
  type MessageId,
  messageId,
  type ProfileId,
  profileId,
  type ShopId,
} from '#app/lib/ids.ts'
import { designSource } from '#app/messages/design/design-source.ts'
import type { MessageClass } from '#app/messages/message-draft.ts'
import { queueMessages } from '#app/messages/outbox.server.ts'
import { compileTemplate } from '#app/messages/rendering/compile-template.server.ts'
import type { CompiledTemplate } from '#app/messages/rendering/template.ts'
import { saveTemplate } from '#app/messages/template-store.server.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { emailHash } from '#app/profiles/email-hash.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { buildShop, type ShopOptions } from '#tests/builders/shop.ts'

export const start = new Date('2026-03-02T09:00:00Z')
export const minutesAfter = (minutes: number, from = start) => new Date(from.getTime() + minutes * 60_000)
export const pepper = 'pepper of the tests'

export interface SendingShop {
  shopId: ShopId
  flowId: FlowId
  templateId: string
}

export interface SendingShopOptions extends ShopOptions {
  settings?: object
  template?: CompiledTemplate
}

let reminder: Promise<CompiledTemplate> | undefined

/** The shipped reminder of an abandoned checkout, compiled once. */
export function reminderTemplate(): Promise<CompiledTemplate> {
  reminder ??= compileTemplate(designSource(abandonedCheckoutMails.reminder, defaultBrand)).then((result) => {
    if (!result.ok) throw new Error(result.error)
    return result.compiled
  })
  return reminder
}

/** A shop that can send: with a sender, a live flow and its template. */
export async function buildSendingShop(db: Database, options: SendingShopOptions = {}): Promise<SendingShop> {
  const { settings = {}, template, ...shop } = options
  const shopId = await buildShop(db, shop)
  await db.pool.query('update shop set settings = $2 where id = $1', [shopId, JSON.stringify(settings)])
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into flow (shop_id, key, name, state, priority, draft, live_version, created_at, updated_at)
     values ($1, 'abandoned-checkout', 'Abandoned checkout', 'live', 10, '{}', 1, $2, $2) returning id`,
    [shopId, start],
  )
  await insertRows(db, 'flow_version', [
    { shop_id: shopId, flow_id: rows[0]!.id, version: 1, definition: {}, published_at: start },
  ])
  const templateId = await addTemplate(db, shopId, template ?? (await reminderTemplate()))
  return { shopId, flowId: flowId(rows[0]!.id), templateId }
}

/** Keeps a template without having it proved. */
export function addTemplate(db: Database, shopId: ShopId, compiled: CompiledTemplate): Promise<string> {
  const source = { subject: compiled.subject, previewText: '', mjml: compiled.html, text: compiled.text }
  return withSystem(db, (tx) => saveTemplate(tx, shopId, { source, compiled }, start))
}

export interface MessageOptions {
  /** Any column of `profile`. */
  profile?: Record<string, unknown>
  /** Someone who is there already, in place of a new person. */
  to?: ProfileId
  class?: MessageClass
  templateId?: string
  dueAt?: Date
  /** What was left in the checkout; null: the message is about the person, not about a checkout. */
  items?: object[] | null
}

export interface QueuedMessage {
  shopId: ShopId
  id: MessageId
  profileId: ProfileId
  enrolmentId: EnrolmentId
  email: string
  checkoutToken: string
}

const tea = { productId: 'gid://shopify/Product/1', variantId: 'gid://shopify/ProductVariant/11', title: 'Green tea' }
export const oneItem = { ...tea, variantTitle: null, quantity: 2, priceMinor: 450, lineMinor: 900 }

/** Queues one message for each of `wanted`, to somebody subscribed who left a checkout. */
export async function buildMessages(
  db: Database,
  shop: SendingShop,
  wanted: readonly MessageOptions[],
): Promise<QueuedMessage[]> {
  const { shopId } = shop
  const at = start
  const people = wanted.map((options) => ({ options, email: `ann-${randomUUID().slice(0, 13)}@example.com` }))
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, email, email_hash, first_name, consent, consent_at, created_at)
     select $1, p.email, p.hash, 'Ann', 'subscribed', $4, $4 from unnest($2::text[], $3::text[]) as p (email, hash)
     returning id`,
    [shopId, people.map(({ email }) => email), people.map(({ email }) => emailHash(email, pepper)), at],
  )
  const messages = people.map(({ options, email }, place) => ({
    shopId,
    id: messageId(randomUUID()),
    profileId: options.to ?? profileId(rows[place]!.id),
    email,
    checkoutToken: randomUUID(),
    options,
  }))
  for (const { profileId, options } of messages)
    for (const [column, value] of Object.entries(options.profile ?? {}))
      await db.pool.query(`update profile set ${column} = $3 where shop_id = $1 and id = $2`, [
        shopId,
        profileId,
        value,
      ])
  const own = (message: (typeof messages)[number]) => ({ shop_id: shopId, profile_id: message.profileId })
  await insertRows(
    db,
    'checkout',
    messages.map((message) => ({
      ...own(message),
      token: message.checkoutToken,
      url: `https://harbour.example/checkouts/${message.checkoutToken}?key=k`,
      items: message.options.items ?? [oneItem],
      item_count: 2,
      total_minor: 900,
      currency: 'GBP',
      created_at: at,
      source_updated_at: at,
    })),
  )
  const subjectOf = ({ options, checkoutToken }: (typeof messages)[number]) =>
    options.items === null ? ('profile' as const) : (`checkout:${checkoutToken}` as const)
  const enrolments = await db.pool.query<{ id: number }>(
    `insert into enrolment (shop_id, flow_id, version, profile_id, subject, step, wake_at, entered_at)
     select $1, $2, 1, e.profile_id, e.token, 'reminder', 'infinity', $5
     from unnest($3::bigint[], $4::text[]) with ordinality as e (profile_id, token, place) order by place returning id`,
    [shopId, shop.flowId, messages.map((message) => message.profileId), messages.map((m) => m.checkoutToken), at],
  )
  const queued = messages.map((message, place) => ({
    ...message,
    enrolmentId: enrolmentId(enrolments.rows[place]!.id),
  }))
  await withSystem(db, (tx) =>
    queueMessages(
      tx,
      queued.map((message) => ({
        shopId,
        id: message.id,
        profileId: message.profileId,
        flowId: shop.flowId,
        flowVersion: 1,
        enrolmentId: message.enrolmentId,
        step: 'reminder',
        templateId: message.options.templateId ?? shop.templateId,
        channel: 'email' as const,
        class: message.options.class ?? 'marketing',
        subject: subjectOf(message),
        createdAt: at,
        dueAt: message.options.dueAt ?? at,
      })),
    ),
  )
  return queued.map(({ options: _, ...message }) => message)
}

export interface StoredMessage {
  state: string
  reason: string | null
  attempts: number
  due_at: Date | null
  provider_id: string | null
  [column: string]: unknown
}

/** A message's row as it is now. */
export async function messageRow(
  db: Database,
  { shopId, id }: { shopId: ShopId; id: MessageId },
): Promise<StoredMessage> {
  const { rows } = await db.pool.query<StoredMessage>('select * from message where shop_id = $1 and id = $2', [
    shopId,
    id,
  ])
  return rows[0]!
}
