// Reads and changes what a merchant decides about sending. Every change is noted, by whom and when.
import { type DomainState, domainStateSchema } from '#app/messages/sendgrid-set-up.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { noteAudit } from '#app/shops/audit.server.ts'
import { readShopSettings } from '#app/shops/settings.ts'
import type { SettingsForm } from './settings-form.ts'

export interface SettingsPage {
  form: SettingsForm
  sendgrid: { hasSender: boolean; hasOwnKey: boolean; hasEvents: boolean; domain: DomainState | null }
  audit: AuditLine[]
}

export interface AuditLine {
  id: number
  at: Date
  actor: string
  action: string
  subject: string
}

/** Who changes it, and when. */
export interface Change {
  actor: string
  now: Date
}

export async function readSettings(tx: ShopTx): Promise<SettingsPage> {
  const [row, audit] = await Promise.all([readRow(tx), listAudit(tx)])
  const { settings, senderDomain, hasSender, hasOwnKey, hasEvents, ...sender } = row
  const { frequencyCap, quietHours, deferLimitHours, attributionDays, rawRetentionDays } = readShopSettings(settings)
  const text = (value: number | undefined, otherwise: number) => String(value ?? otherwise)
  return {
    form: {
      ...sender,
      hasCap: frequencyCap !== null,
      capMessages: text(frequencyCap?.messages, 3),
      capHours: text(frequencyCap?.hours, 168),
      hasQuietHours: quietHours !== null,
      quietFrom: quietHours?.from ?? '21:00',
      quietTo: quietHours?.to ?? '08:00',
      deferLimitHours: text(deferLimitHours, 72),
      attributionDays: text(attributionDays, 5),
      rawRetentionDays: text(rawRetentionDays, 7),
    },
    sendgrid: { hasSender, hasOwnKey, hasEvents, domain: domainStateSchema.nullable().catch(null).parse(senderDomain) },
    audit,
  }
}

export interface SenderFields {
  fromName: string
  fromEmail: string
  replyTo: string | null
  postalAddress: string
}

/** Saves both; a sender at another domain begins its authentication anew. */
export async function saveSettings(
  tx: ShopTx,
  { sender, settings }: { sender: SenderFields | null; settings: object },
  { actor, now }: Change,
): Promise<void> {
  await tx.rows('update shop set settings = settings || $2::jsonb where id = $1', [tx.shopId, JSON.stringify(settings)])
  if (sender) {
    const { fromEmail, fromName, replyTo, postalAddress } = sender
    await tx.rows(
      `insert into sender (shop_id, from_email, from_name, reply_to, postal_address, updated_at)
       values ($1, $2, $3, $4, $5, $6)
       on conflict (shop_id) do update set from_email = $2, from_name = $3, reply_to = $4, postal_address = $5,
         updated_at = $6,
         domain = case when split_part(sender.from_email, '@', 2) = split_part($2, '@', 2) then sender.domain end`,
      [tx.shopId, fromEmail, fromName, replyTo, postalAddress, now],
    )
  }
  await noteAudit(tx, tx.shopId, { actor, action: 'settings.saved', subject: 'settings' }, now)
}

/** `sealed` is the key as it may be stored. False when there is no sender to keep it with. */
export async function saveKey(tx: ShopTx, sealed: Uint8Array, { actor, now }: Change): Promise<boolean> {
  const saved = await tx.rows(
    `update sender set sendgrid_key = $2, webhook_public_key = null, domain = null, updated_at = $3
     where shop_id = $1 returning shop_id`,
    [tx.shopId, sealed, now],
  )
  if (saved.length > 0)
    await noteAudit(tx, tx.shopId, { actor, action: 'sendgrid_key.saved', subject: 'settings' }, now)
  return saved.length > 0
}

export async function saveEventsKey(tx: ShopTx, publicKey: string, { actor, now }: Change): Promise<void> {
  await tx.rows('update sender set webhook_public_key = $2, updated_at = $3 where shop_id = $1', [
    tx.shopId,
    publicKey,
    now,
  ])
  await noteAudit(tx, tx.shopId, { actor, action: 'sendgrid_events.set_up', subject: 'settings' }, now)
}

export async function saveDomain(tx: ShopTx, domain: DomainState): Promise<void> {
  await tx.rows('update sender set domain = $2 where shop_id = $1', [tx.shopId, JSON.stringify(domain)])
}

/** What calls to the shop's SendGrid account need. */
export async function readAccount(tx: ShopTx) {
  const [row] = await tx.rows<{ fromEmail: string; sealedKey: Uint8Array | null; domain: unknown; publicId: string }>(
    `select d.from_email as "fromEmail", d.sendgrid_key as "sealedKey", d.domain, s.public_id as "publicId"
     from sender d join shop s on s.id = d.shop_id where d.shop_id = $1`,
    [tx.shopId],
  )
  if (!row) return null
  return { ...row, domain: domainStateSchema.nullable().catch(null).parse(row.domain) }
}

interface SettingsRow {
  settings: unknown
  senderDomain: unknown
  hasSender: boolean
  hasOwnKey: boolean
  hasEvents: boolean
  fromName: string
  fromEmail: string
  replyTo: string
  postalAddress: string
}

async function readRow(tx: ShopTx): Promise<SettingsRow> {
  const [row] = await tx.rows<SettingsRow>(
    `select s.settings, d.domain as "senderDomain", d.shop_id is not null as "hasSender",
       d.sendgrid_key is not null as "hasOwnKey", d.webhook_public_key is not null as "hasEvents",
       coalesce(d.from_name, s.name) as "fromName", coalesce(d.from_email, '') as "fromEmail",
       coalesce(d.reply_to, '') as "replyTo", coalesce(d.postal_address, s.address, '') as "postalAddress"
     from shop s left join sender d on d.shop_id = s.id where s.id = $1`,
    [tx.shopId],
  )
  return row!
}

const listAudit = (tx: ShopTx) =>
  tx.rows<AuditLine>(
    'select id, at, actor, action, subject from audit_entry where shop_id = $1 order by id desc limit 20',
    [tx.shopId],
  )
