// Whether the flow still stands by a message that it decided on, just before it goes out.
import type { GateVerdict } from '#app/messages/delivery-policy.ts'
import { after } from './duration.ts'
import type { EnrolmentState } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import { kindOfTrigger } from './triggers/registry.ts'

export interface GateFacts {
  state: EnrolmentState
  endReason: string | null
  isPaused: boolean
  /** Null when the version can't be read. */
  flow: FlowVersion | null
  /** The exit that has happened since the enrolment reached its end. */
  exitedBy: string | null
  /** Orders have been delivered to us that are not worked off. */
  hasUnreadOrders: boolean
  /** When the checkout began that the message is about, if it is about one. */
  checkoutBeganAt: Date | null
}

const whilePaused = { minutes: 10 }
const whileUnread = { minutes: 1 }
/** Shopify may still call a checkout active, and not yet recoverable, for this long. */
const untilRecoverable = { minutes: 10 }

/** All that can be said before the flow's filter is asked. */
export function gateVerdict(facts: GateFacts, now: Date): GateVerdict {
  const { state, flow } = facts
  if (state === 'exited' || state === 'failed') return { kind: 'skip', reason: facts.endReason ?? state }
  if (facts.exitedBy !== null) return { kind: 'skip', reason: facts.exitedBy }
  if (facts.isPaused) return { kind: 'defer', until: after(now, whilePaused), reason: 'flow_paused' }
  if (!flow) return { kind: 'defer', until: after(now, whilePaused), reason: 'flow_unreadable' }
  if (facts.hasUnreadOrders && kindOfTrigger(flow.definition.trigger).isAbandonment)
    return { kind: 'defer', until: after(now, whileUnread), reason: 'orders_unread' }
  const recoverableAt = facts.checkoutBeganAt && after(facts.checkoutBeganAt, untilRecoverable)
  if (recoverableAt && recoverableAt > now) return { kind: 'defer', until: recoverableAt, reason: 'checkout_too_young' }
  return { kind: 'go' }
}
