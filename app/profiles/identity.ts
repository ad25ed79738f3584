// The rules by which names become people. Deterministic: a name is known or it is not, nothing is guessed.
//
// - Precedence: customer id > e-mail > checkout token > cart token > phone. The strongest name that leads to a person
//   whom the statement can be about decides.
// - Two people whom one statement names are one, unless they have different customer ids, or different addresses while
//   only a token or a phone links them. The one with a customer id stays, else the oldest.
// - Where two people stay two, a name belongs to whom the newest statement gives it.
// - Tokens alone make nobody: a person begins with a customer id, an address or a phone number.
import type { Identity } from '#app/events/observation.ts'
import { normalisedEmail } from './email-hash.ts'

export type IdentityKind = 'customer' | 'email' | 'checkout' | 'cart' | 'phone'

export interface Identifier {
  kind: IdentityKind
  value: string
}

/** What tells two people apart. */
export interface Person {
  customerId: string | null
  emails: ReadonlySet<string>
}

/** The names in `identity`, strongest first. */
export function identifiersOf(identity: Identity): Identifier[] {
  const named: [IdentityKind, string | undefined][] = [
    ['customer', identity.customerId],
    ['email', identity.email && normalisedEmail(identity.email)],
    ['checkout', identity.checkoutToken],
    ['cart', identity.cartToken],
    ['phone', identity.phone],
  ]
  return named.flatMap(([kind, value]) => (value ? [{ kind, value }] : []))
}

/** Whether these names suffice to begin a person. */
export function namesSomeone(identifiers: readonly Identifier[]): boolean {
  return identifiers.some(({ kind }) => kind === 'customer' || kind === 'email' || kind === 'phone')
}

/** Whom a statement describes, for comparing with people known already. */
export function personIn(identity: Identity): Person {
  return {
    customerId: identity.customerId ?? null,
    emails: new Set(identity.email ? [normalisedEmail(identity.email)] : []),
  }
}

/** Whether a name of this kind, when it leads to both, shows that they are one. */
export function canBeOne(a: Person, b: Person, via: IdentityKind): boolean {
  if (via === 'customer') return true
  if (a.customerId !== null && b.customerId !== null && a.customerId !== b.customerId) return false
  if (via === 'email') return true
  return a.emails.size === 0 || b.emails.size === 0 || [...a.emails].some((email) => b.emails.has(email))
}
