// The last word before a message goes out: send, skip with a reason, or wait. Decided on facts read at that moment.

import type { ConsentState } from '#app/events/observation.ts'
import { endOfQuietHours, isWithinQuietHours } from '#app/lib/zoned-time.ts'
import type { ShopSettings } from '#app/shops/settings.ts'
import type { MessageClass } from './message-draft.ts'

type Seen = Record<string, unknown>

/** What flows say of a message at this moment. `seen`: what the flow's filter saw. */
export type GateVerdict =
  | { kind: 'go'; seen?: Seen }
  | { kind: 'skip'; reason: string; seen?: Seen }
  | { kind: 'defer'; until: Date; reason: string }

export type DeliveryVerdict =
  | { kind: 'send' }
  | { kind: 'skip'; reason: string }
  | { kind: 'defer'; until: Date; reason: string }

export const deliveryGateNames = [
  'shop',
  'sender',
  'address',
  'suppression',
  'consent',
  'flow',
  'quiet_hours',
  'frequency_cap',
] as const
export type DeliveryGateName = (typeof deliveryGateNames)[number]

/** One question of the last word. `send`: it has nothing against sending. */
export interface DeliveryGate {
  gate: DeliveryGateName
  word: DeliveryVerdict
  /** The values that it decided on. */
  seen: Seen
}

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

/** The last word: that of the first gate that has something against sending. */
export function decideDelivery(facts: DeliveryFacts, settings: ShopSettings, now: Date): DeliveryVerdict {
  return lastWord(deliveryGates(facts, settings, now))
}

export const lastWord = (gates: readonly DeliveryGate[]): DeliveryVerdict => gates.at(-1)!.word

/**
 * The gates that were asked; the last of them decided. A complaint or a dead address ends all mail; only marketing asks
 * for consent, quiet hours and caps.
 */
export function deliveryGates(facts: DeliveryFacts, settings: ShopSettings, now: Date): DeliveryGate[] {
  const asked: DeliveryGate[] = []
  for (const ask of facts.class === 'marketing' ? marketingGates : everyMailsGates) {
    const gate = withinLimit(ask(facts, settings, now), facts, settings)
    asked.push(gate)
    if (gate.word.kind !== 'send') break
  }
  return asked
}

type AskGate = (facts: DeliveryFacts, settings: ShopSettings, now: Date) => DeliveryGate

const send: DeliveryVerdict = { kind: 'send' }
const skip = (reason: string): DeliveryVerdict => ({ kind: 'skip', reason })

const shopGate: AskGate = ({ shopState }) => ({
  gate: 'shop',
  word: shopState === 'active' ? send : skip('shop_uninstalled'),
  seen: { shop: shopState },
})
const senderGate: AskGate = ({ hasSender }) => ({
  gate: 'sender',
  word: hasSender ? send : skip('no_sender'),
  seen: { sender: hasSender },
})
const addressGate: AskGate = ({ email }) => ({
  gate: 'address',
  word: email === null ? skip('no_address') : send,
  seen: { address: email !== null },
})
const suppressionGate: AskGate = ({ suppressedBecause: reason }) => ({
  gate: 'suppression',
  word: reason === null ? send : skip(`suppressed_${reason}`),
  seen: { suppressed: reason },
})
const consentGate: AskGate = ({ consent }) => ({
  gate: 'consent',
  word: consent === 'subscribed' ? send : skip(consentReason(consent)),
  seen: { consent },
})

const flowGate: AskGate = ({ gate }) => {
  if (gate.kind === 'defer') return { gate: 'flow', word: gate, seen: {} }
  const word = gate.kind === 'go' ? send : skip(gate.reason)
  return { gate: 'flow', word, seen: gate.seen ?? {} }
}

const quietHoursGate: AskGate = ({ zone }, { quietHours }, now) => {
  const isQuiet = quietHours !== null && isWithinQuietHours(now, zone, quietHours)
  const word: DeliveryVerdict = isQuiet
    ? { kind: 'defer', until: endOfQuietHours(now, zone, quietHours), reason: 'quiet_hours' }
    : send
  return { gate: 'quiet_hours', word, seen: quietHours ? { ...quietHours, zone } : {} }
}

const frequencyGate: AskGate = ({ recentMarketing }, { frequencyCap }, now) => {
  if (!frequencyCap) return { gate: 'frequency_cap', word: send, seen: {} }
  const windowMs = frequencyCap.hours * 3_600_000
  const inWindow = recentMarketing.filter((at) => at.getTime() > now.getTime() - windowMs)
  const blocking = inWindow.at(-frequencyCap.messages)
  const word: DeliveryVerdict = blocking
    ? { kind: 'defer', until: new Date(blocking.getTime() + windowMs), reason: 'frequency_cap' }
    : send
  return { gate: 'frequency_cap', word, seen: { sent: inWindow.length, ...frequencyCap } }
}

const everyMailsGates = [shopGate, senderGate, addressGate, suppressionGate, flowGate]
const marketingGates = [
  shopGate,
  senderGate,
  addressGate,
  suppressionGate,
  consentGate,
  flowGate,
  quietHoursGate,
  frequencyGate,
]

/** What would wait beyond the limit is dropped. */
function withinLimit(asked: DeliveryGate, { firstDueAt }: DeliveryFacts, settings: ShopSettings): DeliveryGate {
  const { word } = asked
  if (word.kind !== 'defer') return asked
  const limit = firstDueAt.getTime() + settings.deferLimitHours * 3_600_000
  return word.until.getTime() > limit ? { ...asked, word: skip(`waited_too_long_${word.reason}`) } : asked
}

function consentReason(consent: ConsentState) {
  return consent === 'unsubscribed' ? 'unsubscribed' : consent === 'pending' ? 'consent_pending' : 'no_consent'
}
