// One person as Tern knows them: names, what they agreed to and when, and whether mail to them is stopped.
import { type ProfileId, profileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'

export interface ProfileDetails {
  id: ProfileId
  /** The profile that this one has become part of; then that one is to be shown. */
  mergedInto: ProfileId | null
  erasedAt: Date | null
  shopifyCustomerId: string | null
  email: string | null
  emailHash: string | null
  phone: string | null
  firstName: string | null
  lastName: string | null
  locale: string | null
  countryCode: string | null
  timezone: string | null
  tags: string[]
  attributes: Record<string, unknown>
  consent: string
  consentLevel: string | null
  consentAt: Date | null
  orderCount: number
  totalSpentMinor: number
  firstOrderAt: Date | null
  lastOrderAt: Date | null
  createdAt: Date
  suppression: { reason: string; createdAt: Date; messageId: string | null } | null
}

type Row = Omit<ProfileDetails, 'suppression'> & {
  suppressedBecause: string | null
  suppressedAt: Date | null
  suppressedBy: string | null
}

/** Null when the shop has no such profile. */
export async function findProfile(tx: ShopTx, id: number): Promise<ProfileDetails | null> {
  const [row] = await tx.rows<Row>(
    `select p.id, p.merged_into as "mergedInto", p.erased_at as "erasedAt", p.shopify_customer_id as "shopifyCustomerId",
       p.email, p.email_hash as "emailHash", p.phone, p.first_name as "firstName", p.last_name as "lastName", p.locale,
       p.country_code as "countryCode", p.timezone, p.tags, p.attributes, p.consent, p.consent_level as "consentLevel",
       p.consent_at as "consentAt", p.order_count as "orderCount", p.total_spent_minor as "totalSpentMinor",
       p.first_order_at as "firstOrderAt", p.last_order_at as "lastOrderAt", p.created_at as "createdAt",
       x.reason as "suppressedBecause", x.created_at as "suppressedAt", x.message_id as "suppressedBy"
     from profile p left join suppression x on x.shop_id = p.shop_id and x.email_hash = p.email_hash
     where p.shop_id = $1 and p.id = $2`,
    [tx.shopId, id],
  )
  if (!row) return null
  const { suppressedBecause, suppressedAt, suppressedBy, ...profile } = row
  const suppression =
    suppressedBecause === null ? null : { reason: suppressedBecause, createdAt: suppressedAt!, messageId: suppressedBy }
  const mergedInto = profile.mergedInto === null ? null : profileId(profile.mergedInto)
  return { ...profile, id: profileId(profile.id), mergedInto, suppression }
}

export interface LedgerLine {
  id: number
  state: string
  level: string | null
  source: string
  wording: string | null
  occurredAt: Date
  recordedAt: Date
}

const ledgerLines = 50

/** The newest statements of the person's consent. */
export function listLedger(tx: ShopTx, id: ProfileId): Promise<LedgerLine[]> {
  return tx.rows<LedgerLine>(
    `select id, state, level, source, wording, occurred_at as "occurredAt", recorded_at as "recordedAt"
     from consent_entry where shop_id = $1 and profile_id = $2 order by occurred_at desc, id desc limit $3`,
    [tx.shopId, id, ledgerLines],
  )
}
