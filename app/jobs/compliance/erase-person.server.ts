// Takes a person out of every table. What counts things stays, without anybody in it: totals don't change.
//
// The profile's row stays too, empty and marked, because messages and enrolments point to it. Suppressions stay: they
// are keyed hashes, and they keep mail from going to somebody who never wanted any.
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { identityHash } from '#app/profiles/email-hash.ts'
import type { IdentityKind } from '#app/profiles/identity.ts'
import { type Erased, numberOf } from './person-terms.ts'

/** Erases the state; raw deliveries are another matter (`erase-deliveries`). */
export async function erasePerson(tx: SystemTx, shopId: ShopId, erased: Erased, pepper: string, now: Date) {
  await leaveTombstones(tx, shopId, erased, pepper, now)
  for (const statement of statements) {
    const values = [shopId, erased.profileIds]
    await tx.rows(statement, statement.includes('$3') ? [...values, now] : values)
  }
  await forgetOrders(tx, shopId, erased)
  await cleanEvents(tx, shopId, erased)
}

/** Each for one shop ($1) and the person's profiles ($2). */
const statements = [
  `update profile set shopify_customer_id = null, email = null, email_hash = null, phone = null, first_name = null,
     last_name = null, locale = null, country_code = null, timezone = null, tags = '{}', attributes = '{}',
     consent = 'redacted', consent_level = null, consent_at = null, order_count = 0, total_spent_minor = 0,
     first_order_at = null, last_order_at = null, customer_updated_at = null, tags_updated_at = null,
     stated_at = '{}', tag_changes = '{}', erased_at = $3
   where shop_id = $1 and id = any($2::bigint[])`,
  'delete from profile_identity where shop_id = $1 and profile_id = any($2::bigint[])',
  'delete from consent_entry where shop_id = $1 and profile_id = any($2::bigint[])',
  'delete from absence_timer where shop_id = $1 and profile_id = any($2::bigint[])',
  'update cart set profile_id = null where shop_id = $1 and profile_id = any($2::bigint[])',
  'update checkout set profile_id = null, url = null, locale = null where shop_id = $1 and profile_id = any($2::bigint[])',
  'update shop_order set profile_id = null where shop_id = $1 and profile_id = any($2::bigint[])',
  `update visit v set seen = '{}' from enrolment e
   where v.shop_id = $1 and e.shop_id = $1 and e.id = v.enrolment_id and e.profile_id = any($2::bigint[])`,
  `update enrolment set context = '{}' where shop_id = $1 and profile_id = any($2::bigint[])`,
  `update enrolment set state = 'exited', end_reason = 'erased', ended_at = $3, waits_for = null,
     revision = revision + 1
   where shop_id = $1 and profile_id = any($2::bigint[]) and state = 'active'`,
  `update message set state = 'skipped', reason = 'erased', due_at = null
   where shop_id = $1 and profile_id = any($2::bigint[]) and state in ('queued', 'deferred')`,
  `update message set subject_line = null, email_hash = null, seen = null, content = null,
     reason = case when state in ('failed', 'bounced', 'blocked', 'dropped') then 'erased' else reason end
   where shop_id = $1 and profile_id = any($2::bigint[])`,
  `update audit_entry set profile_id = null, details = '{}' where shop_id = $1 and profile_id = any($2::bigint[])`,
  `delete from data_export_chunk c using data_request r
   where c.shop_id = $1 and r.shop_id = $1 and r.id = c.data_request_id and r.profile_id = any($2::bigint[])`,
]

async function leaveTombstones(tx: SystemTx, shopId: ShopId, erased: Erased, pepper: string, now: Date) {
  const { customerIds, emails, phones, tokens } = erased
  const named: [IdentityKind, string[]][] = [
    ['customer', customerIds],
    ['email', emails],
    ['phone', phones],
    ['cart', tokens],
    ['checkout', tokens],
  ]
  const hashes = named.flatMap(([kind, values]) => values.map((value) => identityHash({ kind, value }, pepper)))
  await tx.rows(
    `insert into tombstone (shop_id, identity_hash, erased_at)
     select $1, hash, $3 from unnest($2::text[]) as h (hash) order by hash
     on conflict (shop_id, identity_hash) do update set erased_at = excluded.erased_at`,
    [shopId, [...new Set(hashes)], now],
  )
}

/** Orders that Shopify names may belong to nobody here, or to a guest's profile. */
async function forgetOrders(tx: SystemTx, shopId: ShopId, { orderIds }: Erased) {
  await tx.rows('update shop_order set profile_id = null where shop_id = $1 and shopify_id = any($2)', [
    shopId,
    orderIds,
  ])
}

/** Events lose the person, and their small print wherever it names a customer; so do the keys that recognise them. */
async function cleanEvents(tx: SystemTx, shopId: ShopId, { profileIds, customerIds, emails, phones }: Erased) {
  const terms = [...customerIds, ...emails, ...phones].map((term) => `%${escapedLike(term)}%`)
  await tx.rows(
    `update event set profile_id = null, props = case when props::text ilike any($3) then '{}' else props end
     where shop_id = $1 and profile_id = any($2::bigint[])`,
    [shopId, profileIds, terms],
  )
  await tx.rows('delete from event_once where shop_id = $1 and key = any($2)', [
    shopId,
    customerIds.map((id) => `customer_created ${id}`),
  ])
  await tx.rows(
    `delete from inbox_seen where shop_id = $1 and source = 'sync' and split_part(delivery_id, '@', 1) = any($2)`,
    [shopId, customerIds.map((id) => `gid://shopify/Customer/${numberOf(id)}`)],
  )
}

const escapedLike = (text: string) => text.replaceAll(/[\\%_]/g, '\\$&')
