// Loads everyone whom a batch may be about, in one statement.

import { z } from 'zod'
import type { ConsentState } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { identityHash } from './email-hash.ts'
import type { Identifier, IdentityKind } from './identity.ts'
import { identifierKey, type KnownPeople } from './people.ts'
import { type FieldName, fieldNames, type ProfileState } from './profile-state.ts'

const timesSchema = z.record(z.string(), z.number())

interface ProfileRow {
  profileId: number
  customerId: string | null
  email: string | null
  phone: string | null
  firstName: string | null
  lastName: string | null
  locale: string | null
  countryCode: string | null
  statedTimes: unknown
  tagChanges: unknown
  consent: ConsentState
  consentLevel: ProfileState['consent']['level']
  consentAt: Date | null
  customerUpdatedAt: Date | null
  createdAt: Date
  emails: string[] | null
}

const profileColumns = `
  p.id as "profileId", p.shopify_customer_id as "customerId", p.email, p.phone, p.first_name as "firstName",
  p.last_name as "lastName", p.locale, p.country_code as "countryCode", p.stated_at as "statedTimes",
  p.tag_changes as "tagChanges", p.consent, p.consent_level as "consentLevel", p.consent_at as "consentAt",
  p.customer_updated_at as "customerUpdatedAt", p.created_at as "createdAt",
  (select array_agg(e.value) from profile_identity e
    where e.shop_id = p.shop_id and e.profile_id = p.id and e.kind = 'email') as emails`

/**
 * Whom these names lead to, and which of them belong to someone who was erased. The profiles stay locked until the
 * transaction ends: whoever unsubscribes on a page meanwhile must not be overwritten with what was read before.
 */
export async function findKnownPeople(
  tx: Tx,
  names: readonly { shopId: ShopId; identifier: Identifier }[],
  pepper: string,
): Promise<KnownPeople> {
  const asked = [...new Map(names.map((name) => [identifierKey(name.shopId, name.identifier), name])).values()]
  const known: KnownPeople = { profiles: [], pointers: [], erased: [] }
  if (asked.length === 0) return known
  const rows = await tx.rows<
    { shopId: ShopId; kind: IdentityKind; value: string; statedAt: Date; erasedAt: Date | null } & (
      | ProfileRow
      | { profileId: null }
    )
  >(
    `with asked as (
       select * from unnest($1::int[], $2::text[], $3::text[], $4::text[]) as a (shop_id, kind, value, hash)
     ),
     found as (
       select i.shop_id, i.kind, i.value, i.stated_at as "statedAt", ${profileColumns}
       from asked a
       join profile_identity i on i.shop_id = a.shop_id and i.kind = a.kind and i.value = a.value
       join profile p on p.shop_id = i.shop_id and p.id = i.profile_id
       order by p.shop_id, p.id for no key update of p
     )
     select f.*, a.shop_id as "shopId", a.kind, a.value, t.erased_at as "erasedAt"
     from asked a
     left join found f on f.shop_id = a.shop_id and f.kind = a.kind and f.value = a.value
     left join tombstone t on t.shop_id = a.shop_id and t.identity_hash = a.hash
     where f.shop_id is not null or t.erased_at is not null`,
    [
      asked.map((name) => name.shopId),
      asked.map((name) => name.identifier.kind),
      asked.map((name) => name.identifier.value),
      asked.map((name) => identityHash(name.identifier, pepper)),
    ],
  )
  const profiles = new Map<number, ProfileState>()
  for (const row of rows) {
    const identifier = { kind: row.kind, value: row.value }
    if (row.erasedAt) known.erased.push({ shopId: row.shopId, identifier, erasedAt: row.erasedAt })
    if (row.profileId === null) continue
    known.pointers.push({ shopId: row.shopId, identifier, ref: row.profileId, statedAt: row.statedAt })
    if (!profiles.has(row.profileId)) profiles.set(row.profileId, profileStateOf(row.shopId, row))
  }
  known.profiles = [...profiles.values()]
  return known
}

function profileStateOf(shopId: ShopId, row: ProfileRow): ProfileState {
  const times = timesSchema.parse(row.statedTimes)
  const stated = (name: FieldName) => ({ value: row[name], at: times[name] ?? 0 })
  const [email, phone, firstName, lastName, locale, countryCode] = fieldNames.map(stated)
  return {
    shopId,
    ref: row.profileId,
    customerId: row.customerId,
    fields: {
      email: email!,
      phone: phone!,
      firstName: firstName!,
      lastName: lastName!,
      locale: locale!,
      countryCode: countryCode!,
    },
    emails: new Set(row.emails),
    tags: { changes: new Map(Object.entries(timesSchema.parse(row.tagChanges))), listedAt: times.tags ?? 0 },
    consent: { state: row.consent, level: row.consentLevel, at: row.consentAt },
    customerUpdatedAt: row.customerUpdatedAt,
    createdAt: row.createdAt,
  }
}
