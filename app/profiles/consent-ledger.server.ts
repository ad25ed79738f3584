// The ledger of who agreed to what, when and where: append-only, and what Tern shows when somebody asks for proof.
import type { ConsentFact } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface LedgerEntry {
  shopId: ShopId
  profileId: ProfileId
  fact: ConsentFact
}

/** Appends what is not in the ledger yet: the same statement told twice stands there once. */
export async function appendToLedger(tx: Tx, entries: readonly LedgerEntry[], now: Date): Promise<void> {
  if (entries.length === 0) return
  await tx.rows(
    `insert into consent_entry (shop_id, profile_id, channel, state, level, source, wording, occurred_at, recorded_at)
     select distinct on (shop_id, profile_id, occurred_at, state, source)
       shop_id, profile_id, 'email', state, level, source, wording, occurred_at, $8
     from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::text[], $7::timestamptz[])
       as s (shop_id, profile_id, state, level, source, wording, occurred_at)
     where not exists (
       select from consent_entry e
       where e.shop_id = s.shop_id and e.profile_id = s.profile_id and e.occurred_at = s.occurred_at
         and e.state = s.state and e.source = s.source)
     order by shop_id, profile_id, occurred_at, state, source`,
    [
      entries.map((entry) => entry.shopId),
      entries.map((entry) => entry.profileId),
      entries.map((entry) => entry.fact.state),
      entries.map((entry) => entry.fact.level),
      entries.map((entry) => entry.fact.source),
      entries.map((entry) => entry.fact.wording ?? null),
      entries.map((entry) => entry.fact.at ?? now),
      now,
    ],
  )
}
