// One mail's way to one recipient: what its events need to know, and the plan of what will happen to it.
import type { EngagementModel, PlannedReaction, Reaction, ReceivedMail, SendGridEvent } from './model.ts'
import { seededRandom } from './random.ts'

/** Kept until its last event is posted, also when the mail itself no longer is. */
export type Delivery = {
  /** `X-Message-Id` of the 202. */
  requestId: string
  /** Position among the recipients of the request. */
  recipient: number
  /** The API key it came with: suppressions belong to an account. */
  apiKey: string
  email: string
  customArgs: Record<string, string>
  categories: string[]
  tracksOpens: boolean
  tracksClicks: boolean
  bypassesSuppressions: boolean
  /** When SendGrid starts on it: at once, or at `send_at`. */
  startsAt: Date
  /** How many events it had; makes each one's id. */
  eventCount: number
  /** What happened so far, for the inbox. */
  events: SendGridEvent[]
}

export type Occurrence =
  | Reaction
  | { event: 'processed' }
  | { event: 'delivered' }
  | { event: 'dropped'; reason: string }

/** `postAfterMs` is when SendGrid reports it; events close together are reported together. */
export type PlannedOccurrence = { occurrence: Occurrence; afterMs: number; postAfterMs: number }

const PROCESSED_AFTER_MS = 1000
const DELIVERED_AFTER_MS = 3000
const RETRY_AFTER_MS = 10 * 60_000

/** What will happen to `mail`: processed, then delivered or bounced, then whatever the recipient does with it. */
export function planDelivery(
  mail: ReceivedMail,
  delivery: Delivery,
  engagement: EngagementModel,
  seed: string,
): PlannedOccurrence[] {
  const reactions = engagement(mail, seededRandom(`${seed}/${mail.id}`))
    .filter((each) => isTracked(each, delivery))
    // A Date has whole milliseconds: a fraction would stay due just behind every time one advances to.
    .map((each) => ({ ...each, afterMs: Math.ceil(each.afterMs) }))
  const deferrals = reactions.filter((each) => each.event === 'deferred')
  const bounce = reactions.find((each) => each.event === 'bounce')
  const lastDeferralMs = Math.max(0, ...deferrals.map((each) => each.afterMs))
  const deliveredMs = deferrals.length > 0 ? lastDeferralMs + RETRY_AFTER_MS : DELIVERED_AFTER_MS
  const settledMs = bounce?.afterMs ?? deliveredMs
  const firstPostMs = Math.min(settledMs, ...deferrals.map((each) => each.afterMs))

  const plan: PlannedOccurrence[] = [
    {
      occurrence: { event: 'processed' },
      afterMs: PROCESSED_AFTER_MS,
      postAfterMs: Math.max(PROCESSED_AFTER_MS, firstPostMs),
    },
  ]
  plan.push(...deferrals.map(planned))
  if (bounce) return [...plan, planned(bounce)]
  plan.push({ occurrence: { event: 'delivered' }, afterMs: deliveredMs, postAfterMs: deliveredMs })
  const responses = reactions.filter((each) => each.event !== 'deferred')
  return [...plan, ...responses.map(planned)]
}

/** What happens to a mail to someone SendGrid no longer sends to. */
export function planDrop(reason: string): PlannedOccurrence[] {
  return [{ occurrence: { event: 'dropped', reason }, afterMs: PROCESSED_AFTER_MS, postAfterMs: PROCESSED_AFTER_MS }]
}

function planned({ afterMs, ...occurrence }: PlannedReaction): PlannedOccurrence {
  return { occurrence, afterMs, postAfterMs: afterMs }
}

function isTracked(reaction: Reaction, delivery: Delivery): boolean {
  if (reaction.event === 'open') return delivery.tracksOpens
  return reaction.event === 'click' ? delivery.tracksClicks : true
}
