// Applies what SendGrid reports of messages: their states, and what a bounce, a complaint or an unsubscription means
// for the person. Several facts of one message in a batch are folded into one change.
import type { ConsentFact, MessageFact } from '#app/events/observation.ts'
import { profileId as asProfileId, type MessageId, messageId, type ProfileId, type ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { recordConsent } from '#app/profiles/consent.server.ts'
import { suppress } from '#app/profiles/suppression.server.ts'
import { type MessageProgress, type SuppressionReason, suppressionBy, withFact } from './message-progress.ts'

export interface MessageFactsDeps {
  /** Asks for the write-back of a profile's consent to Shopify, in the caller's transaction. */
  enqueuePushConsent(tx: SystemTx, person: { shopId: ShopId; profileId: ProfileId }): Promise<void>
  log: Log
}

export interface MessageReport {
  shopId: ShopId
  fact: MessageFact
}

/** For each fact whose message it is; null where the message is not known. */
export type ApplyMessageFacts = (
  tx: SystemTx,
  reports: readonly MessageReport[],
  now: Date,
) => Promise<(ProfileId | null)[]>

/** Two statements per batch; three more when somebody must not get further mail. */
export function createMessageFacts(deps: MessageFactsDeps): ApplyMessageFacts {
  return async (tx, reports, now) => {
    const messages = await lockMessages(tx, reports)
    const changed = new Set<KnownMessage>()
    const stops: Stop[] = []
    const profiles = reports.map(({ shopId, fact }) => {
      const message = messages.get(keyOf(shopId, fact.messageId))
      if (!message) return null
      const progress = withFact(message.progress, fact)
      if (isDifferent(message.progress, progress)) changed.add(message)
      message.progress = progress
      const reason = suppressionBy(fact)
      if (reason) stops.push({ message, reason, at: fact.at })
      return message.profileId
    })
    await writeProgress(tx, [...changed])
    await stopMail(deps, tx, stops, now)
    const unknown = profiles.filter((profile) => profile === null).length
    if (unknown > 0) deps.log.info({ facts: unknown }, 'message.fact_of_unknown_message')
    return profiles
  }
}

interface KnownMessage {
  shopId: ShopId
  id: MessageId
  /** The person as they are known now, also when profiles were merged since. */
  profileId: ProfileId
  emailHash: string | null
  progress: MessageProgress
}

interface Stop {
  message: KnownMessage
  reason: SuppressionReason
  at: Date
}

const keyOf = (shopId: ShopId, id: string) => `${shopId}/${id.toLowerCase()}`
const isUuid = (text: string) => /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(text)

/** Locks in key order, so that it never waits in a circle with another batch. */
async function lockMessages(tx: SystemTx, reports: readonly MessageReport[]): Promise<Map<string, KnownMessage>> {
  const asked = reports.filter(({ fact }) => isUuid(fact.messageId))
  if (asked.length === 0) return new Map()
  const rows = await tx.rows<MessageProgress & { shopId: ShopId; id: string; profileId: number; emailHash: string }>(
    `select m.shop_id as "shopId", m.id, coalesce(p.merged_into, p.id) as "profileId",
       coalesce(m.email_hash, p.email_hash) as "emailHash", m.state, m.reason, m.provider_id as "providerId",
       m.handed_over_at as "handedOverAt", m.delivered_at as "deliveredAt", m.opened_at as "openedAt",
       m.machine_opened_at as "machineOpenedAt", m.clicked_at as "clickedAt", m.failed_at as "failedAt",
       m.unsubscribed_at as "unsubscribedAt", m.complained_at as "complainedAt"
     from message m join profile p on p.shop_id = m.shop_id and p.id = m.profile_id
     where (m.shop_id, m.id) in (select * from unnest($1::int[], $2::uuid[]))
     order by m.shop_id, m.id for no key update of m`,
    [asked.map(({ shopId }) => shopId), asked.map(({ fact }) => fact.messageId)],
  )
  return new Map(
    rows.map(({ shopId, id, profileId, emailHash, ...progress }) => [
      keyOf(shopId, id),
      { shopId, id: messageId(id), profileId: asProfileId(profileId), emailHash, progress },
    ]),
  )
}

function isDifferent(before: MessageProgress, after: MessageProgress) {
  const fields = Object.keys(after) as (keyof MessageProgress)[]
  return fields.some((field) => before[field] !== after[field])
}

async function writeProgress(tx: SystemTx, messages: readonly KnownMessage[]): Promise<void> {
  if (messages.length === 0) return
  const column = <Field extends keyof MessageProgress>(field: Field) =>
    messages.map((message) => message.progress[field])
  await tx.rows(
    `update message m set state = c.state, reason = c.reason, provider_id = c.provider_id,
       handed_over_at = c.handed_over_at, delivered_at = c.delivered_at, opened_at = c.opened_at,
       machine_opened_at = c.machine_opened_at, clicked_at = c.clicked_at, failed_at = c.failed_at,
       unsubscribed_at = c.unsubscribed_at, complained_at = c.complained_at
     from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::text[], $6::timestamptz[], $7::timestamptz[],
       $8::timestamptz[], $9::timestamptz[], $10::timestamptz[], $11::timestamptz[], $12::timestamptz[],
       $13::timestamptz[])
       as c (shop_id, id, state, reason, provider_id, handed_over_at, delivered_at, opened_at, machine_opened_at,
         clicked_at, failed_at, unsubscribed_at, complained_at)
     where m.shop_id = c.shop_id and m.id = c.id`,
    [
      messages.map(({ shopId }) => shopId),
      messages.map(({ id }) => id),
      column('state'),
      column('reason'),
      column('providerId'),
      column('handedOverAt'),
      column('deliveredAt'),
      column('openedAt'),
      column('machineOpenedAt'),
      column('clickedAt'),
      column('failedAt'),
      column('unsubscribedAt'),
      column('complainedAt'),
    ],
  )
}

const sourceOfConsent: Record<SuppressionReason, string> = {
  bounce: 'bounce',
  complaint: 'spam complaint',
  unsubscribe: 'unsubscribed by mail program',
}

/** The address is suppressed, the person counts as unsubscribed, and Shopify is told. */
async function stopMail(deps: MessageFactsDeps, tx: SystemTx, stops: readonly Stop[], now: Date): Promise<void> {
  if (stops.length === 0) return
  const suppressions = stops.flatMap(({ message: { shopId, id, emailHash }, reason }) =>
    emailHash === null ? [] : [{ shopId, emailHash, reason, messageId: id }],
  )
  await suppress(tx, suppressions, now)
  const entries = stops.map(({ message: { shopId, profileId }, reason, at }) => {
    const fact: ConsentFact = { state: 'unsubscribed', level: null, at, source: sourceOfConsent[reason] }
    return { shopId, profileId, fact }
  })
  await recordConsent(tx, entries, now)
  const people = new Map(entries.map((entry) => [`${entry.shopId}/${entry.profileId}`, entry]))
  for (const { shopId, profileId } of people.values()) await deps.enqueuePushConsent(tx, { shopId, profileId })
}
