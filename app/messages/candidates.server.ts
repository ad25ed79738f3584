// Reads the messages that are due, each with the fresh facts that the last word depends on.
import { z } from 'zod'
import type { ConsentState } from '#app/events/observation.ts'
import type { Subject } from '#app/events/vocabulary.ts'
import type { EnrolmentId, FlowId, MessageId, ProfileId, ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { readShopSettings, type ShopSettings } from '#app/shops/settings.ts'
import type { MessageClass } from './message-draft.ts'

export interface Candidate {
  shopId: ShopId
  id: MessageId
  profileId: ProfileId
  enrolmentId: EnrolmentId
  flowId: FlowId
  flowKey: string
  step: string
  templateId: string
  class: MessageClass
  subject: Subject
  /** `unknown`: SendGrid may have it already, so it is not to be sent but to be found out about. */
  state: 'queued' | 'deferred' | 'unknown'
  attempts: number
  firstDueAt: Date
  claimedAt: Date | null
  /** The address that the last try went to, by keyed hash. */
  sentToHash: string | null
  profile: {
    email: string | null
    emailHash: string | null
    firstName: string | null
    lastName: string | null
    locale: string | null
    zone: string | null
    consent: ConsentState
  }
  suppressedBecause: string | null
  shop: {
    publicId: string
    name: string
    url: string
    currency: string
    zone: string
    locale: string
    state: 'active' | 'uninstalled' | 'redacted'
    settings: ShopSettings
  }
  sender: Sender | null
}

export interface Sender {
  fromEmail: string
  fromName: string
  replyTo: string | null
  postalAddress: string
  sendgridKey: Uint8Array | null
}

type Row = Omit<Candidate, 'profile' | 'shop' | 'sender' | 'suppressedBecause'> & Record<string, unknown>

/**
 * Locks up to `perShop` due messages of each shop; those that another worker holds are passed over. Which of several
 * with the same due time comes first is left open: a hundred thousand of them must not be sorted to take ten.
 */
export async function takeCandidates(
  tx: SystemTx,
  shopIds: readonly ShopId[],
  perShop: number,
  now: Date,
): Promise<Candidate[]> {
  const rows = await tx.rows<Row>(
    `select m.shop_id as "shopId", m.id, m.profile_id as "profileId", m.enrolment_id as "enrolmentId",
       m.flow_id as "flowId", f.key as "flowKey", m.step, m.template_id as "templateId", m.class,
       m.subject_ref as "subject", m.state, m.attempts, m.first_due_at as "firstDueAt", m.claimed_at as "claimedAt",
       m.email_hash as "sentToHash",
       case when p.erased_at is null then p.email end as email, p.email_hash, p.first_name, p.last_name, p.locale as profile_locale,
       p.timezone as profile_zone, p.consent, x.reason as suppressed,
       s.public_id, s.name as shop_name, s.url as shop_url, s.domain, s.currency, s.timezone as shop_zone,
       s.locale as shop_locale, s.uninstalled_at, s.redacted_at, s.settings,
       d.from_email, d.from_name, d.reply_to, d.postal_address, d.sendgrid_key
     from unnest($1::int[]) as lane (shop_id)
     cross join lateral (
       select o.shop_id, o.id, o.profile_id, o.enrolment_id, o.flow_id, o.step, o.template_id, o.class, o.subject_ref,
         o.state, o.attempts, o.due_at, o.first_due_at, o.claimed_at, o.email_hash
       from message o
       where o.shop_id = lane.shop_id and o.state in ('queued', 'deferred', 'unknown') and o.due_at <= $2
       order by o.due_at limit $3 for update skip locked
     ) m
     join shop s on s.id = m.shop_id
     join profile p on p.shop_id = m.shop_id and p.id = m.profile_id
     left join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
     left join sender d on d.shop_id = m.shop_id
     left join suppression x on x.shop_id = m.shop_id and x.email_hash = p.email_hash
     order by m.shop_id, m.due_at, m.id`,
    [shopIds, now, perShop],
  )
  return rows.map(toCandidate)
}

/** The message that each shop's next claim would take first, with nothing but its name. */
export function findOldestDue(tx: SystemTx, shopIds: readonly ShopId[], now: Date) {
  return tx.rows<Pick<Candidate, 'shopId' | 'id' | 'state'>>(
    `select m.shop_id as "shopId", m.id, m.state
     from unnest($1::int[]) as lane (shop_id)
     cross join lateral (
       select o.shop_id, o.id, o.state from message o
       where o.shop_id = lane.shop_id and o.state in ('queued', 'deferred', 'unknown') and o.due_at <= $2
       order by o.due_at limit 1 for update skip locked
     ) m`,
    [shopIds, now],
  )
}

const text = z.string()
const optionalText = z.string().nullable()

function toCandidate(row: Row): Candidate {
  return {
    shopId: row.shopId,
    id: row.id,
    profileId: row.profileId,
    enrolmentId: row.enrolmentId,
    flowId: row.flowId,
    flowKey: row.flowKey ?? 'message',
    step: row.step,
    templateId: row.templateId,
    class: row.class,
    subject: row.subject,
    state: row.state,
    attempts: row.attempts,
    firstDueAt: row.firstDueAt,
    claimedAt: row.claimedAt,
    sentToHash: row.sentToHash,
    profile: {
      email: optionalText.parse(row.email),
      emailHash: optionalText.parse(row.email_hash),
      firstName: optionalText.parse(row.first_name),
      lastName: optionalText.parse(row.last_name),
      locale: optionalText.parse(row.profile_locale),
      zone: optionalText.parse(row.profile_zone),
      consent: row.consent as ConsentState,
    },
    suppressedBecause: optionalText.parse(row.suppressed),
    shop: {
      publicId: text.parse(row.public_id),
      name: text.parse(row.shop_name),
      url: optionalText.parse(row.shop_url) ?? `https://${row.domain}`,
      currency: text.parse(row.currency),
      zone: text.parse(row.shop_zone),
      locale: text.parse(row.shop_locale),
      state: row.redacted_at ? 'redacted' : row.uninstalled_at ? 'uninstalled' : 'active',
      settings: settingsOf(row.settings),
    },
    sender: row.from_email === null ? null : toSender(row),
  }
}

function toSender(row: Row): Sender {
  return {
    fromEmail: text.parse(row.from_email),
    fromName: text.parse(row.from_name),
    replyTo: optionalText.parse(row.reply_to),
    postalAddress: text.parse(row.postal_address),
    sendgridKey: row.sendgrid_key instanceof Uint8Array ? row.sendgrid_key : null,
  }
}

/** Most shops never touch their settings: the empty object is parsed once. */
const defaultSettings = readShopSettings({})
const settingsOf = (stored: unknown) =>
  stored && Object.keys(stored).length > 0 ? readShopSettings(stored) : defaultSettings
