// How far a message has come, and how what SendGrid says of it moves it on. Neither the state nor the times of what
// readers did depend on the order in which the facts arrive.
//
// Before SendGrid has it, a message is `queued`, `deferred`, `claimed`, `unknown`, or for good `skipped` or `failed`.
// Any fact of SendGrid's proves that SendGrid has it, whatever was believed here: that settles `unknown`, and a message
// that is queued again by mistake is not sent a second time. From there on it goes
//   handed_over < delivered < blocked < dropped < bounced
// and never back. Opens, clicks and the like also prove the delivery; each keeps its earliest time.
import type { MessageFact } from '#app/events/observation.ts'
import { unsubscribeLink } from '#app/events/sources/tern/topics.ts'
import { assertNever } from '#app/lib/errors.ts'

export type MessageState =
  | 'queued'
  | 'deferred'
  | 'claimed'
  | 'unknown'
  | 'skipped'
  | 'failed'
  | 'handed_over'
  | 'delivered'
  | 'blocked'
  | 'dropped'
  | 'bounced'

/** What facts can change of a message. */
export interface MessageProgress {
  state: MessageState
  reason: string | null
  providerId: string | null
  handedOverAt: Date | null
  deliveredAt: Date | null
  openedAt: Date | null
  machineOpenedAt: Date | null
  clickedAt: Date | null
  failedAt: Date | null
  unsubscribedAt: Date | null
  complainedAt: Date | null
}

/** Why an address gets no more mail, in the words that suppressions are kept in. */
export type SuppressionReason = 'bounce' | 'complaint' | 'unsubscribe'

const rank: Record<MessageState, number> = {
  queued: 0,
  deferred: 0,
  claimed: 0,
  unknown: 0,
  skipped: 0,
  failed: 0,
  handed_over: 1,
  delivered: 2,
  blocked: 3,
  dropped: 4,
  bounced: 5,
}

/** The message after one more fact. */
export function withFact(message: MessageProgress, fact: MessageFact): MessageProgress {
  const proved = stateProvedBy(fact.kind)
  const movesOn = rank[proved] > rank[message.state]
  const isFailure = rank[proved] >= rank.blocked
  return {
    state: movesOn ? proved : message.state,
    reason: movesOn ? (isFailure ? withoutAddresses(fact.reason) : null) : message.reason,
    providerId: message.providerId ?? fact.providerId,
    handedOverAt: message.handedOverAt ?? fact.at,
    deliveredAt: fact.kind === 'delivered' ? earliest(message.deliveredAt, fact.at) : message.deliveredAt,
    openedAt: fact.kind === 'opened' ? earliest(message.openedAt, fact.at) : message.openedAt,
    machineOpenedAt:
      fact.kind === 'machine_opened' ? earliest(message.machineOpenedAt, fact.at) : message.machineOpenedAt,
    clickedAt: fact.kind === 'clicked' ? earliest(message.clickedAt, fact.at) : message.clickedAt,
    failedAt: isFailure ? earliest(message.failedAt, fact.at) : message.failedAt,
    unsubscribedAt: fact.kind === 'unsubscribed' ? earliest(message.unsubscribedAt, fact.at) : message.unsubscribedAt,
    complainedAt: fact.kind === 'complained' ? earliest(message.complainedAt, fact.at) : message.complainedAt,
  }
}

/** Whether a fact means that no more mail may go to its address, and why. */
export function suppressionBy({ kind, reason }: Pick<MessageFact, 'kind' | 'reason'>): SuppressionReason | null {
  if (kind === 'bounced') return 'bounce'
  if (kind === 'complained') return 'complaint'
  // Our own link is about marketing only, and its page has recorded it.
  if (kind === 'unsubscribed') return reason === unsubscribeLink ? null : 'unsubscribe'
  if (kind !== 'dropped') return null
  // SendGrid drops what its own lists forbid, and names the list.
  if (/^bounced/i.test(reason ?? '')) return 'bounce'
  if (/^spam report/i.test(reason ?? '')) return 'complaint'
  return /^unsubscribed/i.test(reason ?? '') ? 'unsubscribe' : null
}

function stateProvedBy(kind: MessageFact['kind']): MessageState {
  switch (kind) {
    case 'processed':
    case 'deferred':
      return 'handed_over'
    case 'delivered':
    case 'opened':
    case 'machine_opened':
    case 'clicked':
    case 'complained':
    case 'unsubscribed':
      return 'delivered'
    case 'blocked':
    case 'dropped':
    case 'bounced':
      return kind
    default:
      return assertNever(kind)
  }
}

/** Mail servers like to repeat the address in their answer; it must not be kept where an erasure would not look. */
const withoutAddresses = (reason: string | null) =>
  reason?.replace(/[^\s<>"']*@[^\s<>"']*/g, '(address)').slice(0, 200) ?? null

const earliest = (known: Date | null, at: Date) => (known && known <= at ? known : at)
