// Real people, carts and orders to look at a mail with: what they would be sent today, with links that do nothing.
import { z } from 'zod'
import { messageId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import type { MailSubject } from './design/block-kind.ts'
import type { MessageClass } from './message-draft.ts'
import { loadPurchases } from './purchase.server.ts'
import type { TemplateVariables } from './rendering/variables.ts'
import { type Recipient, templateVariables } from './template-variables.ts'

export interface Example {
  /** What it is about: "checkout:c1", "profile:7". */
  ref: string
  name: string
  at: string
}

const shownCount = 15

/** The newest of those whom such a mail could be about, or those whose address or name begins with `search`. */
export async function listExamples(tx: Tx, shopId: ShopId, about: MailSubject, search: string): Promise<Example[]> {
  const pattern = `${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`
  const rows = await tx.rows<{ ref: string; name: string; at: Date }>(statements[about], [shopId, pattern, shownCount])
  return rows.map(({ at, ...row }) => ({ ...row, at: at.toISOString() }))
}

const matches = `p.erased_at is null and p.merged_into is null and p.email is not null
  and (lower(p.email) like $2 or lower(p.first_name) like $2 or lower(p.last_name) like $2)`
const named = `coalesce(nullif(trim(concat_ws(' ', p.first_name, p.last_name)), ''), p.email)`

const statements: Record<MailSubject, string> = {
  profile: `select 'profile:' || p.id as ref, ${named} as name, p.created_at as at from profile p
    where p.shop_id = $1 and ${matches} order by p.id desc limit $3`,
  checkout: `select 'checkout:' || c.token as ref, ${named} as name, c.source_updated_at as at
    from checkout c join profile p on p.shop_id = c.shop_id and p.id = c.profile_id
    where c.shop_id = $1 and c.completed_at is null and c.deleted_at is null and c.item_count > 0 and ${matches}
    order by c.profile_id desc limit $3`,
  cart: `select 'cart:' || c.token as ref, ${named} as name, c.source_updated_at as at
    from cart c join profile p on p.shop_id = c.shop_id and p.id = c.profile_id
    where c.shop_id = $1 and c.item_count > 0 and ${matches} order by c.profile_id desc limit $3`,
  order: `select 'order:' || o.shopify_id as ref, concat_ws(' · ', o.name, ${named}) as name, o.placed_at as at
    from shop_order o join profile p on p.shop_id = o.shop_id and p.id = o.profile_id
    where o.shop_id = $1 and o.cancelled_at is null and o.deleted_at is null and ${matches}
    order by o.placed_at desc limit $3`,
}

export interface ExampleMail {
  about: MailSubject
  class: MessageClass
  /** Where links for readers would lead. */
  appUrl: string
}

/** What a mail about `ref` is filled with. Null: it is not there any more, or nothing is left to show. */
export async function exampleVariables(
  tx: Tx,
  shopId: ShopId,
  ref: string,
  mail: ExampleMail,
): Promise<TemplateVariables | null> {
  const subject = subjectOf(ref, mail.about)
  if (!subject) return null
  const [row] = await tx.rows(recipientStatement(mail.about), [shopId, subject.key])
  if (!row) return null
  const recipient = toRecipient(row, subject.subject, mail.class)
  const about = { shopId, id: exampleId, subject: subject.subject }
  const purchase = (await loadPurchases(tx, [about])).get(exampleId) ?? null
  const filled = templateVariables(recipient, purchase, exampleLinks(mail.appUrl))
  return filled.ok ? filled.variables : null
}

/** Nobody leaves, and nothing is changed, by a link of a mail that was only looked at. */
export function exampleLinks(appUrl: string) {
  const base = appUrl.replace(/\/+$/, '')
  return { unsubscribe: `${base}/unsubscribe/example`, preferences: `${base}/preferences/example` }
}

const exampleId = messageId('00000000-0000-4000-8000-000000000000')

function subjectOf(ref: string, about: MailSubject): { key: string; subject: Recipient['subject'] } | null {
  const [, kind, key] = /^(checkout|cart|order|profile):(.{1,200})$/s.exec(ref) ?? []
  if (kind !== about || key === undefined) return null
  if (kind === 'profile') return /^\d{1,15}$/.test(key) ? { key, subject: 'profile' } : null
  return { key, subject: `${kind as 'cart'}:${key}` }
}

const owner: Record<MailSubject, string> = {
  profile: `p.id = $2::bigint`,
  checkout: `p.id = (select profile_id from checkout where shop_id = $1 and token = $2)`,
  cart: `p.id = (select profile_id from cart where shop_id = $1 and token = $2)`,
  order: `p.id = (select profile_id from shop_order where shop_id = $1 and shopify_id = $2)`,
}

const recipientStatement = (about: MailSubject) => `
  select p.email, p.first_name, p.last_name, p.locale, s.name, coalesce(s.url, 'https://' || s.domain) as url,
    s.locale as shop_locale, s.email as shop_email, d.from_email, d.from_name, d.reply_to, d.postal_address
  from profile p join shop s on s.id = p.shop_id left join sender d on d.shop_id = p.shop_id
  where p.shop_id = $1 and p.erased_at is null and p.email is not null and ${owner[about]}`

const text = z.string()
const optionalText = z.string().nullable()
const rowSchema = z.object({
  email: text,
  first_name: optionalText,
  last_name: optionalText,
  locale: optionalText,
  name: text,
  url: text,
  shop_locale: text,
  shop_email: optionalText,
  from_email: optionalText,
  from_name: optionalText,
  reply_to: optionalText,
  postal_address: optionalText,
})

/** Before the sender is set up, the mail shows where its words will stand. */
function toRecipient(row: unknown, subject: Recipient['subject'], messageClass: MessageClass): Recipient {
  const read = rowSchema.parse(row)
  return {
    subject,
    class: messageClass,
    shop: { name: read.name, url: read.url, locale: read.shop_locale },
    sender: {
      fromEmail: read.from_email ?? read.shop_email ?? 'sender@example.com',
      fromName: read.from_name ?? read.name,
      replyTo: read.reply_to,
      postalAddress: read.postal_address ?? '(your postal address)',
    },
    profile: { email: read.email, firstName: read.first_name, lastName: read.last_name, locale: read.locale },
  }
}
