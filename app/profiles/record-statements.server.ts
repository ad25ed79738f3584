// Takes in what a batch says about people: finds out whom each statement means and writes what it changes.
import type { ConsentFact } from '#app/events/observation.ts'
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { appendToLedger, type LedgerEntry } from './consent-ledger.server.ts'
import { identifiersOf } from './identity.ts'
import { findKnownPeople } from './known-people.server.ts'
import { mergeProfiles } from './merge-profiles.server.ts'
import { gatherPeople, type People } from './people.ts'
import { applyStatement, findStated, type PersonStatement } from './person-statement.ts'
import type { ProfileRef } from './profile-state.ts'
import { saveProfiles } from './save-profiles.server.ts'

/** Whom a statement meant, and what it made of them. */
export interface StatementOutcome {
  profileId: ProfileId | null
  /** Whether it is about somebody who was erased: nothing of it may be kept. */
  isErased: boolean
  /** Where it made the person a subscriber or ended that, and by which statement. */
  consentChange: { became: 'subscribed' | 'unsubscribed'; fact: ConsentFact } | null
}

export interface RecordedStatements {
  /** One per statement. */
  outcomes: StatementOutcome[]
  /** Profiles that others were merged into. */
  merged: { shopId: ShopId; profileId: ProfileId }[]
  /** Whom a token belongs to, now that all statements are known. */
  ownerOf(shopId: ShopId, kind: 'cart' | 'checkout', token: string | null): ProfileId | null
}

/**
 * Applies statements in order of arrival. Two statements in a batch without merges: one that finds everybody, one that
 * writes everybody; another for the consent ledger.
 */
export async function recordStatements(
  tx: Tx,
  statements: readonly PersonStatement[],
  now: Date,
  pepper: string,
): Promise<RecordedStatements> {
  const people = gatherPeople(await findKnownPeople(tx, statements.flatMap(namesIn), pepper))
  const stated = statements.map((statement) => applyStatement(people, statement))
  const refs = stated.map(({ ref, isErased }, index) =>
    ref === null && !isErased ? findStated(people, statements[index]!) : ref,
  )
  const idOf = await write(tx, people, now, pepper)

  const outcomes = stated.map(({ isErased, became, ledgerEntry }, index) => {
    const ref = refs[index] ?? null
    return {
      profileId: ref === null ? null : idOf(ref),
      isErased,
      consentChange: became && ledgerEntry ? { became, fact: ledgerEntry } : null,
    }
  })
  const ledger: LedgerEntry[] = stated.flatMap(({ ref, ledgerEntry }, index) =>
    ref !== null && ledgerEntry
      ? [{ shopId: statements[index]!.shopId, profileId: idOf(ref), fact: datedFact(ledgerEntry, statements[index]!) }]
      : [],
  )
  await appendToLedger(tx, ledger, now)
  const { merges } = people.changes()
  return {
    outcomes,
    merged: merges.map(({ shopId, into }) => ({ shopId, profileId: idOf(into) })),
    ownerOf(shopId, kind, token) {
      const owner = token === null ? null : people.find(shopId, { kind, value: token })
      return owner && idOf(owner.ref)
    },
  }
}

async function write(tx: Tx, people: People, now: Date, pepper: string) {
  const { profiles, pointers, merges } = people.changes()
  const created = await saveProfiles(tx, profiles, pointers, pepper)
  const idOf = (ref: ProfileRef) => {
    const current = people.current(ref)
    return profileId(created.get(current) ?? current)
  }
  await mergeProfiles(
    tx,
    merges.map(({ shopId, from, into, reason }) => ({ shopId, from: profileId(from), into: idOf(into), reason })),
    now,
  )
  return idOf
}

function namesIn({ shopId, identity, customerMerged }: PersonStatement) {
  const merged = customerMerged ? [{ kind: 'customer' as const, value: customerMerged.mergedId }] : []
  return [...identifiersOf(identity), ...merged].map((identifier) => ({ shopId, identifier }))
}

/** The ledger needs a time: without the person's own, the time at which the source said so. */
const datedFact = (fact: ConsentFact, { at }: PersonStatement): ConsentFact => ({ ...fact, at: fact.at ?? at })
