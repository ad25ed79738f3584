// What the last word on planned mails would be, by the delivery policy itself, on what is known of the people today.
import { z } from 'zod'
import { consentStates } from '#app/events/observation.ts'
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import { type DeliveryFacts, decideDelivery } from '#app/messages/delivery-policy.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { readShopSettings } from '#app/shops/settings.ts'
import type { PlannedMail } from './simulation.server.ts'

export interface MailVerdict {
  mail: PlannedMail
  /** When it would go out; null when it would not. */
  sentAt: Date | null
  /** Why it would not. */
  reason: string | null
}

/** In the order of time. Marketing mails of the same plan count for the frequency cap; mails of other flows don't. */
export async function judgeMails(tx: Tx, shopId: ShopId, mails: readonly PlannedMail[]): Promise<MailVerdict[]> {
  const [shop] = await tx.rows(
    `select s.settings, s.timezone, exists (select from sender d where d.shop_id = s.id) as has_sender
     from shop s where s.id = $1`,
    [shopId],
  )
  const { settings, timezone, has_sender: hasSender } = shopSchema.parse(shop)
  const people = await selectPeople(tx, shopId, [...new Set(mails.map(({ enrolment }) => enrolment.profileId))])
  const policy = readShopSettings(settings)
  const sent = new Map<ProfileId, Date[]>()
  return mails
    .toSorted((a, b) => a.at.getTime() - b.at.getTime())
    .map((mail) => {
      const person = people.get(mail.enrolment.profileId)
      const recentMarketing = sent.get(mail.enrolment.profileId) ?? []
      const facts: DeliveryFacts = {
        class: mail.class,
        shopState: 'active',
        hasSender,
        email: person?.email ?? null,
        consent: person?.consent ?? 'unknown',
        suppressedBecause: person?.suppressed ?? null,
        gate: { kind: 'go' },
        recentMarketing,
        zone: person?.zone ?? timezone,
        firstDueAt: mail.at,
      }
      const { sentAt, reason } = lastWordOn(facts, policy, mail.at)
      if (sentAt && mail.class === 'marketing') sent.set(mail.enrolment.profileId, [...recentMarketing, sentAt])
      return { mail, sentAt, reason }
    })
}

/** A mail that is put off is asked about again when its time has come, until it goes or is given up. */
function lastWordOn(facts: DeliveryFacts, settings: Parameters<typeof decideDelivery>[1], dueAt: Date) {
  let at = dueAt
  for (let tries = 0; tries < 50; tries++) {
    const word = decideDelivery(facts, settings, at)
    if (word.kind === 'send') return { sentAt: at, reason: null }
    if (word.kind === 'skip') return { sentAt: null, reason: word.reason }
    at = word.until
  }
  return { sentAt: null, reason: 'waited_too_long' }
}

const shopSchema = z.object({ settings: z.unknown(), timezone: z.string(), has_sender: z.boolean() })

const personSchema = z.object({
  id: z.int().transform(profileId),
  email: z.string().nullable(),
  consent: z.enum(consentStates).catch('unknown'),
  zone: z.string().nullable(),
  suppressed: z.string().nullable(),
})

async function selectPeople(tx: Tx, shopId: ShopId, ids: readonly ProfileId[]) {
  const rows = await tx.rows(
    `select p.id, case when p.erased_at is null then p.email end as email, p.consent, p.timezone as zone,
       x.reason as suppressed
     from unnest($2::bigint[]) as a (id)
     join profile p on p.shop_id = $1 and p.id = a.id
     left join suppression x on x.shop_id = p.shop_id and x.email_hash = p.email_hash`,
    [shopId, ids],
  )
  return new Map(rows.map((row) => personSchema.parse(row)).map((person) => [person.id, person]))
}
