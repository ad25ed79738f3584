// Writes people back: new and changed profiles and the names that lead to them, in one statement.
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { emailHash } from './email-hash.ts'
import { identifierKey, type Pointer } from './people.ts'
import { fieldNames, type ProfileRef, type ProfileState } from './profile-state.ts'
import { presentTags, tagsUpdatedAt } from './tags.ts'

/** Inserts and updates `profiles` and `pointers`. Returns the ids of those whose ref was negative. */
export async function saveProfiles(
  tx: Tx,
  profiles: readonly ProfileState[],
  pointers: readonly Pointer[],
  pepper: string,
): Promise<Map<ProfileRef, number>> {
  if (profiles.length === 0 && pointers.length === 0) return new Map()
  const ordered = profiles.toSorted((a, b) => a.shopId - b.shopId || a.ref - b.ref)
  const created = await tx.rows<{ ref: number; id: number }>(saveSql, [
    JSON.stringify(ordered.map((profile) => columnsOf(profile, pepper))),
    ...pointerColumns(pointers),
  ])
  return new Map(created.map(({ ref, id }) => [ref, id]))
}

const columns = `shopify_customer_id, email, email_hash, phone, first_name, last_name, locale, country_code, tags,
  consent, consent_level, consent_at, customer_updated_at, tags_updated_at, stated_at, tag_changes`

const saveSql = `
  with said as materialized (
    select s.*, case when s.ref < 0 then nextval('profile_id_seq') else s.ref end as id
    from jsonb_to_recordset($1::jsonb) as s (
      shop_id int, ref bigint, shopify_customer_id text, email text, email_hash text, phone text, first_name text,
      last_name text, locale text, country_code text, tags text[], consent text, consent_level text,
      consent_at timestamptz, customer_updated_at timestamptz, tags_updated_at timestamptz, stated_at jsonb,
      tag_changes jsonb, created_at timestamptz)
  ),
  created as (
    insert into profile (shop_id, id, created_at, ${columns})
    select shop_id, id, created_at, ${columns} from said where ref < 0
  ),
  changed as (
    update profile p set (${columns}, created_at) = (
      select ${columns
        .split(',')
        .map((column) => `s.${column.trim()}`)
        .join(', ')}, least(s.created_at, p.created_at))
    from said s where s.ref > 0 and p.shop_id = s.shop_id and p.id = s.ref
  ),
  pointed as (
    insert into profile_identity (shop_id, kind, value, profile_id, stated_at)
    select n.shop_id, n.kind, n.value, coalesce(s.id, n.ref), n.stated_at
    from unnest($2::int[], $3::text[], $4::text[], $5::bigint[], $6::timestamptz[])
      as n (shop_id, kind, value, ref, stated_at)
    left join said s on s.shop_id = n.shop_id and s.ref = n.ref
    order by n.shop_id, n.kind, n.value
    on conflict (shop_id, kind, value) do update set profile_id = excluded.profile_id, stated_at = excluded.stated_at
  )
  select ref, id from said where ref < 0`

function columnsOf(profile: ProfileState, pepper: string) {
  const { fields, consent } = profile
  return {
    shop_id: profile.shopId,
    ref: profile.ref,
    shopify_customer_id: profile.customerId,
    email: fields.email.value,
    email_hash: fields.email.value === null ? null : emailHash(fields.email.value, pepper),
    phone: fields.phone.value,
    first_name: fields.firstName.value,
    last_name: fields.lastName.value,
    locale: fields.locale.value,
    country_code: fields.countryCode.value,
    tags: presentTags(profile.tags),
    consent: consent.state,
    consent_level: consent.level,
    consent_at: consent.at,
    customer_updated_at: profile.customerUpdatedAt,
    tags_updated_at: tagsUpdatedAt(profile.tags),
    stated_at: {
      ...Object.fromEntries(fieldNames.flatMap((name) => (fields[name].at ? [[name, fields[name].at]] : []))),
      ...(profile.tags.listedAt > 0 && { tags: profile.tags.listedAt }),
    },
    tag_changes: Object.fromEntries(profile.tags.changes),
    created_at: profile.createdAt,
  }
}

function pointerColumns(pointers: readonly Pointer[]): unknown[][] {
  const key = (pointer: Pointer): string => identifierKey(pointer.shopId, pointer.identifier)
  const ordered = [...new Map(pointers.map((pointer) => [key(pointer), pointer])).values()]
  const shopIds: ShopId[] = ordered.map((pointer) => pointer.shopId)
  return [
    shopIds,
    ordered.map((pointer) => pointer.identifier.kind),
    ordered.map((pointer) => pointer.identifier.value),
    ordered.map((pointer) => pointer.ref),
    ordered.map((pointer) => pointer.statedAt),
  ]
}
