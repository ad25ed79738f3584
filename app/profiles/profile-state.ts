// What is known of one person, and how one more statement changes it. The result never depends on the order of arrival.
import type { ConsentFact, ProfileFacts } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Consent, prevailingConsent, unknownConsent } from './consent.ts'
import { newerStated, type Stated } from './stated.ts'
import { newerTags, noTags, type Tags } from './tags.ts'

/** A profile's id, or a negative number for one that is yet to be inserted. */
export type ProfileRef = number

export const fieldNames = ['email', 'phone', 'firstName', 'lastName', 'locale', 'countryCode'] as const
export type FieldName = (typeof fieldNames)[number]
type Fields = Readonly<Record<FieldName, Stated<string | null>>>

export interface ProfileState {
  shopId: ShopId
  ref: ProfileRef
  customerId: string | null
  fields: Fields
  /** Every address that leads to this person. */
  emails: ReadonlySet<string>
  tags: Tags
  consent: Consent
  /** The customer record's newest `updated_at` that was seen. */
  customerUpdatedAt: Date | null
  createdAt: Date
}

const unstated: Stated<null> = { value: null, at: 0 }

export function newProfile(shopId: ShopId, ref: ProfileRef, createdAt: Date): ProfileState {
  return {
    shopId,
    ref,
    customerId: null,
    fields: {
      email: unstated,
      phone: unstated,
      firstName: unstated,
      lastName: unstated,
      locale: unstated,
      countryCode: unstated,
    },
    emails: new Set(),
    tags: noTags,
    consent: unknownConsent,
    customerUpdatedAt: null,
    createdAt,
  }
}

/** The fields that `facts` states; those it leaves out stay as they are. */
export function withFacts(profile: ProfileState, facts: ProfileFacts): ProfileState {
  const at = facts.updatedAt.getTime()
  const country = facts.countryCode?.length === 2 ? facts.countryCode.toUpperCase() : undefined
  const stated = withFields(profile, at, {
    firstName: facts.firstName,
    lastName: facts.lastName,
    locale: facts.locale,
    countryCode: country,
  })
  const isNewest = profile.customerUpdatedAt === null || profile.customerUpdatedAt < facts.updatedAt
  return isNewest ? { ...stated, customerUpdatedAt: facts.updatedAt } : stated
}

export function withFields(
  profile: ProfileState,
  at: number,
  values: Partial<Record<FieldName, string | null>>,
): ProfileState {
  const changed = fieldNames.flatMap((name) => {
    const value = values[name]
    const newest = value === undefined ? profile.fields[name] : newerStated(profile.fields[name], { value, at })
    return newest === profile.fields[name] ? [] : [[name, newest]]
  })
  return changed.length === 0 ? profile : { ...profile, fields: { ...profile.fields, ...Object.fromEntries(changed) } }
}

export function withConsent(profile: ProfileState, fact: ConsentFact): ProfileState {
  return { ...profile, consent: prevailingConsent(profile.consent, fact) }
}

/** Two profiles turn out to be one person: `survivor` with all that was known of either. */
export function mergedProfile(survivor: ProfileState, other: ProfileState): ProfileState {
  const fields = { ...survivor.fields }
  for (const name of fieldNames) fields[name] = newerStated(fields[name], other.fields[name])
  return {
    ...survivor,
    customerId: survivor.customerId ?? other.customerId,
    fields,
    emails: new Set([...survivor.emails, ...other.emails]),
    tags: newerTags(survivor.tags, other.tags),
    consent: prevailingConsent(survivor.consent, other.consent),
    customerUpdatedAt: laterOf(survivor.customerUpdatedAt, other.customerUpdatedAt),
    createdAt: earlierOf(survivor.createdAt, other.createdAt),
  }
}

/** Which of two profiles stays when they merge: the one with a customer id, else the oldest. */
export function survivorOf(a: ProfileState, b: ProfileState): ProfileState {
  if ((a.customerId === null) !== (b.customerId === null)) return a.customerId === null ? b : a
  return ageOrder(a.ref) <= ageOrder(b.ref) ? a : b
}

/** Profiles that are yet to be inserted are younger than all others. */
const ageOrder = (ref: ProfileRef) => (ref > 0 ? ref : Number.MAX_SAFE_INTEGER / 2 - ref)

export const earlierOf = (a: Date, b: Date) => new Date(Math.min(a.getTime(), b.getTime()))

function laterOf(a: Date | null, b: Date | null) {
  if (!a || !b) return a ?? b
  return a >= b ? a : b
}
