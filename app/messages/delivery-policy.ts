// The last word before a message goes out: send, skip with a reason, or wait. Decided on facts read at that moment.

import type { ConsentState } from '#app/events/observation.ts'
import { endOfQuietHours, isWithinQuietHours } from '#app/lib/zoned-time.ts'
import type { ShopSettings } from '#app/shops/settings.ts'
import type { MessageClass } from './message-draft.ts'

/** What flows say of a message at this moment. */
export type GateVerdict =
  | { kind: 'go' }
  | { kind: 'skip'; reason: string; seen?: Record<string, unknown> }
  | { kind: 'defer'; until: Date; reason: string }

export type DeliveryVerdict =
  | { kind: 'send' }
  | { kind: 'skip'; reason: string; seen?: Record<string, unknown> }
  | { kind: 'defer'; until: Date; reason: string }

export interface DeliveryFacts {
  class: MessageClass
  shopState: 'active' | 'uninstalled' | 'redacted'
  hasSender: boolean
  /** Null when the profile has no address, or is erased or merged away. */
  email: string | null
  consent: ConsentState
  suppressedBecause: string | null
  gate: GateVerdict
  /** When this profile's marketing messages of the cap's window were handed over, in ascending order. */
  recentMarketing: Date[]
  /** The profile's time zone, else the shop's. */
  zone: string
  /** When the message was first due: the defer limit counts from here. */
  firstDueAt: Date
}

/** A complaint or a dead address ends all mail; only marketing asks for consent, caps and quiet hours. */
export function decideDelivery(facts: DeliveryFacts, settings: ShopSettings, now: Date): DeliveryVerdict {
  if (facts.shopState !== 'active') return skip('shop_uninstalled')
  if (!facts.hasSender) return skip('no_sender')
  if (facts.email === null) return skip('no_address')
  if (facts.suppressedBecause !== null) return skip(`suppressed_${facts.suppressedBecause}`)
  if (facts.class === 'marketing' && facts.consent !== 'subscribed') return skip(consentReason(facts.consent))
  if (facts.gate.kind === 'skip') return facts.gate

  const wait =
    facts.gate.kind === 'defer' ? facts.gate : facts.class === 'marketing' ? timing(facts, settings, now) : null
  if (wait === null) return { kind: 'send' }
  const limit = facts.firstDueAt.getTime() + settings.deferLimitHours * 3_600_000
  return wait.until.getTime() > limit ? skip(`waited_too_long_${wait.reason}`) : { kind: 'defer', ...wait }
}

function timing(facts: DeliveryFacts, settings: ShopSettings, now: Date): { until: Date; reason: string } | null {
  const { quietHours, frequencyCap } = settings
  if (quietHours && isWithinQuietHours(now, facts.zone, quietHours))
    return { until: endOfQuietHours(now, facts.zone, quietHours), reason: 'quiet_hours' }
  if (!frequencyCap) return null
  const windowMs = frequencyCap.hours * 3_600_000
  const inWindow = facts.recentMarketing.filter((at) => at.getTime() > now.getTime() - windowMs)
  const blocking = inWindow.at(-frequencyCap.messages)
  return blocking ? { until: new Date(blocking.getTime() + windowMs), reason: 'frequency_cap' } : null
}

function consentReason(consent: ConsentState) {
  return consent === 'unsubscribed' ? 'unsubscribed' : consent === 'pending' ? 'consent_pending' : 'no_consent'
}

const skip = (reason: string): DeliveryVerdict => ({ kind: 'skip', reason })
