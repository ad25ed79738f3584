// Records consent that is stated about profiles known by id: preference pages, unsubscribe links, SendGrid's reports.
import type { ConsentFact, ConsentState } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { type Consent, consentTransition, prevailingConsent } from './consent.ts'
import { appendToLedger, type LedgerEntry } from './consent-ledger.server.ts'

export interface ConsentTransition {
  shopId: ShopId
  profileId: ProfileId
  became: 'subscribed' | 'unsubscribed'
  fact: ConsentFact
}

/**
 * Keeps each statement in the ledger, and on the profile the one that prevails: never an older one over a newer one.
 * Returns where a person became subscribed or unsubscribed. Statements about unknown profiles are left out.
 */
export async function recordConsent(tx: Tx, entries: readonly LedgerEntry[], now: Date): Promise<ConsentTransition[]> {
  if (entries.length === 0) return []
  const profiles = await lockConsents(tx, entries)
  const known = entries.filter((entry) => profiles.has(keyOf(entry)))
  const transitions: ConsentTransition[] = []
  for (const { shopId, profileId, fact } of known) {
    const profile = profiles.get(keyOf({ shopId, profileId }))!
    const after = prevailingConsent(profile.consent, fact)
    const became = consentTransition(profile.consent.state, after.state)
    if (became) transitions.push({ shopId, profileId, became, fact })
    profile.consent = after
  }
  await appendToLedger(tx, known, now)
  await writeConsents(tx, [...profiles.values()])
  return transitions
}

interface ProfileConsent {
  shopId: ShopId
  profileId: ProfileId
  consent: Consent
}

const keyOf = ({ shopId, profileId }: { shopId: ShopId; profileId: ProfileId }) => `${shopId}/${profileId}`

/** Locks in key order, so that it never waits in a circle with another batch. */
async function lockConsents(tx: Tx, entries: readonly LedgerEntry[]): Promise<Map<string, ProfileConsent>> {
  const rows = await tx.rows<{
    shopId: ShopId
    profileId: ProfileId
    state: ConsentState
    level: Consent['level']
    at: Date | null
  }>(
    `select p.shop_id as "shopId", p.id as "profileId", p.consent as state, p.consent_level as level,
       p.consent_at as at
     from profile p where (p.shop_id, p.id) in (select * from unnest($1::int[], $2::bigint[]))
     order by p.shop_id, p.id for no key update`,
    [entries.map((entry) => entry.shopId), entries.map((entry) => entry.profileId)],
  )
  return new Map(
    rows.map(({ shopId, profileId, ...consent }) => [keyOf({ shopId, profileId }), { shopId, profileId, consent }]),
  )
}

async function writeConsents(tx: Tx, profiles: readonly ProfileConsent[]): Promise<void> {
  await tx.rows(
    `update profile p set consent = c.state, consent_level = c.level, consent_at = c.at
     from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[])
       as c (shop_id, profile_id, state, level, at)
     where p.shop_id = c.shop_id and p.id = c.profile_id`,
    [
      profiles.map(({ shopId }) => shopId),
      profiles.map(({ profileId }) => profileId),
      profiles.map(({ consent }) => consent.state),
      profiles.map(({ consent }) => consent.level),
      profiles.map(({ consent }) => consent.at),
    ],
  )
}
