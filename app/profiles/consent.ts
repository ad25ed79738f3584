// Which of two statements about consent holds, whatever order they arrive in.
import type { ConsentFact, ConsentState } from '#app/events/observation.ts'

export interface Consent {
  state: ConsentState
  level: ConsentFact['level']
  at: Date | null
}

export const unknownConsent: Consent = { state: 'unknown', level: null, at: null }

/** At the same moment a decision outweighs its absence, and a refusal outweighs an agreement. */
const weight: Record<ConsentState, number> = {
  unknown: 0,
  not_subscribed: 1,
  pending: 2,
  subscribed: 3,
  unsubscribed: 4,
  redacted: 5,
}

const levels: Consent['level'][] = [null, 'single_opt_in', 'confirmed_opt_in']

/** The later statement; one without a time counts as older than any with one. */
export function prevailingConsent(a: Consent, b: Consent): Consent {
  if (b.state === 'unknown') return a
  if (a.state === 'unknown') return b
  const later = (b.at?.getTime() ?? Number.NEGATIVE_INFINITY) - (a.at?.getTime() ?? Number.NEGATIVE_INFINITY)
  if (later > 0) return b
  if (later < 0) return a
  if (weight[b.state] !== weight[a.state]) return weight[b.state] > weight[a.state] ? b : a
  return levels.indexOf(b.level) > levels.indexOf(a.level) ? b : a
}

/**
 * What a change of consent means for the person: whether they became subscribed or unsubscribed by it. Someone who never
 * was subscribed becomes unsubscribed only by saying so.
 */
export function consentTransition(before: ConsentState, after: ConsentState): 'subscribed' | 'unsubscribed' | null {
  if (before === after) return null
  if (after === 'subscribed') return 'subscribed'
  if (after === 'unsubscribed' && before !== 'redacted') return 'unsubscribed'
  return before === 'subscribed' ? 'unsubscribed' : null
}
