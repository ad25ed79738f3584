// Works through what deliveries say about people, one statement after the other, and finds out whom each one means.
import type { ConsentFact, Identity, ProfileFacts } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { consentTransition } from './consent.ts'
import { canBeOne, type Identifier, identifiersOf, namesSomeone, personIn } from './identity.ts'
import type { People } from './people.ts'
import {
  earlierOf,
  newProfile,
  type ProfileRef,
  type ProfileState,
  withConsent,
  withFacts,
  withFields,
} from './profile-state.ts'
import { changedTags, type TagChange } from './tags.ts'

export interface PersonStatement {
  shopId: ShopId
  identity: Identity
  /** The source's time of what is stated. */
  at: Date
  /** Whether an unknown person begins to be one by this. */
  createIfMissing: boolean
  /** Whether the person did something. Only that brings someone back who was erased. */
  isInteraction: boolean
  profile?: ProfileFacts
  tags?: TagChange
  consent?: ConsentFact
  customerDeleted?: { customerId: string; at: Date }
  customerMerged?: { keptId: string; mergedId: string; at: Date }
}

/** The statement's outcome; `ref` is null when it is about nobody known. */
export interface StatedPerson {
  ref: ProfileRef | null
  /** Whether it is about somebody who was erased: nothing of it may be kept. */
  isErased: boolean
  became: 'subscribed' | 'unsubscribed' | null
  /** What belongs into the consent ledger: dated statements always, undated ones when they changed something. */
  ledgerEntry: ConsentFact | null
}

/** Applies one statement to `people`. */
export function applyStatement(people: People, statement: PersonStatement): StatedPerson {
  const isErased = isAboutErased(people, statement)
  const person = isErased ? null : personOf(people, statement)
  if (!person) return { ref: null, isErased, became: null, ledgerEntry: null }
  const named = nameEverything(people, person, statement)
  const consent = consentIn(statement)
  const next = withStatement(named, statement, consent)
  people.change(next)
  return {
    ref: next.ref,
    isErased,
    became: consentTransition(named.consent.state, next.consent.state),
    ledgerEntry: consent && (consent.at !== null || named.consent !== next.consent) ? consent : null,
  }
}

/** Whom a statement meant that named nobody at its time, now that the whole batch is known: a cart, tied later. */
export function findStated(people: People, statement: PersonStatement): ProfileRef | null {
  return findPerson(people, statement)?.ref ?? null
}

function personOf(people: People, statement: PersonStatement): ProfileState | null {
  const found = findPerson(people, statement)
  if (found) return found
  if (!statement.createIfMissing || !namesSomeone(identifiersOf(statement.identity))) return null
  return people.create((ref) => newProfile(statement.shopId, ref, statement.at))
}

function findPerson(people: People, statement: PersonStatement): ProfileState | null {
  const described = personIn(statement.identity)
  for (const identifier of identifiersOf(statement.identity)) {
    const person = people.find(statement.shopId, identifier)
    if (person && canBeOne(described, person, identifier.kind)) return person
  }
  const merged = mergedAway(statement)
  return merged ? people.find(statement.shopId, merged) : null
}

/**
 * Data from before the erasure is not heard; afterwards only what the person does makes them known again. A phone number
 * counts only where nothing else names the person: families share them.
 */
function isAboutErased(people: People, statement: PersonStatement): boolean {
  const { shopId, identity, at, isInteraction } = statement
  const [strongest, ...others] = identifiersOf(identity).filter(({ kind }) => kind !== 'checkout' && kind !== 'cart')
  const naming = strongest ? [strongest, ...others.filter(({ kind }) => kind !== 'phone')] : []
  const erasedAt = naming.flatMap((identifier) => people.erasedAt(shopId, identifier) ?? [])
  if (erasedAt.length === 0) return false
  return erasedAt.some((time) => at <= time) || (!isInteraction && !findPerson(people, statement))
}

/** Lets every name in the statement lead to `person`, merging whom it shows to be the same. */
function nameEverything(people: People, person: ProfileState, statement: PersonStatement): ProfileState {
  const { shopId, identity, at } = statement
  const merged = mergedAway(statement)
  const identifiers = identifiersOf(identity)
  const saysWho = namesSomeone(identifiers)
  let named = withNames(person, statement)
  for (const identifier of merged ? [...identifiers, merged] : identifiers) {
    const other = people.find(shopId, identifier)
    if (other && other.ref !== named.ref && canBeOne(named, other, identifier.kind))
      named = people.merge(named, other, identifier.kind)
    if (saysWho || !other) people.point({ shopId, identifier, ref: named.ref, statedAt: at })
  }
  const keptId = statement.customerMerged?.keptId
  return keptId ? { ...named, customerId: keptId } : named
}

/** The customer record that was merged into the one the statement is about, when it says so. */
function mergedAway({ customerMerged }: PersonStatement): Identifier | null {
  return customerMerged ? { kind: 'customer', value: customerMerged.mergedId } : null
}

function withStatement(person: ProfileState, statement: PersonStatement, consent: ConsentFact | null): ProfileState {
  let next = person
  if (statement.profile) next = withFacts(next, statement.profile)
  if (statement.tags) next = { ...next, tags: changedTags(next.tags, statement.tags) }
  return consent ? withConsent(next, consent) : next
}

/** Whoever is deleted in Shopify has no consent there any more, and Shopify is the source of truth. */
function consentIn(statement: PersonStatement): ConsentFact | null {
  if (statement.consent) return statement.consent.state === 'unknown' ? null : statement.consent
  if (!statement.customerDeleted) return null
  return { state: 'unsubscribed', level: null, at: statement.customerDeleted.at, source: 'shopify_customer_deleted' }
}

function withNames(person: ProfileState, statement: PersonStatement): ProfileState {
  const { identity, at } = statement
  const identifiers = identifiersOf(identity)
  if (!namesSomeone(identifiers)) return person
  const email = identifiers.find(({ kind }) => kind === 'email')?.value
  const { phone } = identity
  const named = withFields(person, at.getTime(), { email, phone })
  const customerId = person.customerId ?? identity.customerId ?? null
  const isKnown = customerId === person.customerId && (!email || person.emails.has(email)) && person.createdAt <= at
  if (isKnown) return named
  const emails = email ? new Set([...person.emails, email]) : person.emails
  return { ...named, customerId, emails, createdAt: earlierOf(person.createdAt, at) }
}
