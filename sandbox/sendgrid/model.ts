// The stand-in's vocabulary: what SendGrid receives, what it reports back, and what a test can script.
import type { Random } from './random.ts'

/** One mail to one recipient, as `POST /v3/mail/send` handed it over. */
export type ReceivedMail = {
  /** `X-Message-Id` of the 202; further recipients of the same request get `.1`, `.2`, … behind it. */
  id: string
  /** `custom_args.message_id`, the sender's own id. */
  messageId: string | null
  customArgs: Record<string, string>
  to: string
  toName: string | null
  from: string
  fromName: string | null
  replyTo: string | null
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  categories: string[]
  receivedAt: Date
}

export type EventKind =
  | 'processed'
  | 'deferred'
  | 'delivered'
  | 'bounce'
  | 'dropped'
  | 'open'
  | 'click'
  | 'spamreport'
  | 'unsubscribe'

/** One object of an event webhook's array; the mail's custom args stand beside these fields. */
export type SendGridEvent = {
  email: string
  timestamp: number
  event: EventKind
  sg_event_id: string
  sg_message_id: string
  [field: string]: unknown
}

/** What a recipient, or the recipient's mail server, does. */
export type Reaction =
  | { event: 'deferred'; response: string }
  | { event: 'bounce'; type: 'bounce' | 'blocked'; reason: string; status: string }
  | { event: 'open'; isMachine: boolean }
  | { event: 'click'; url: string }
  | { event: 'spamreport' }
  | { event: 'unsubscribe' }

export type PlannedReaction = Reaction & { afterMs: number }

/** How recipients react to a mail; pure, all chance comes from `random`. `processed` and `delivered` are not its business. */
export type EngagementModel = (mail: ReceivedMail, random: Random) => PlannedReaction[]

export type Fault =
  | 'ok'
  /** Refused with this status. `retryAfterSeconds` sets `X-RateLimit-Reset`; without it a 429 has no such header. */
  | { status: 400 | 401 | 403 | 413 | 429 | 500 | 502 | 503 | 504; retryAfterSeconds?: number }
  /** The mail is taken, the answer is lost: what a sender can't tell from `drop-connection`. */
  | 'accept-then-drop-connection'
  | 'drop-connection'
  /** Not taken, and never answered. */
  | 'hang'
  /** Taken, answered after so many real milliseconds. */
  | { delayMs: number }

/** Decides the fate of the `n`th valid request (from 1); `mail` is its first recipient's. */
export type FaultScript = (n: number, mail: ReceivedMail) => Fault

/** Refuses a request to the log. */
export type LogFault = 'ok' | { status: 403 | 404 | 429 | 500 | 503 }

/** Decides the fate of the `n`th authorised request to the log (from 1). */
export type LogFaultScript = (n: number) => LogFault

export type EventFault =
  | 'ok'
  /** The batch is posted twice. */
  | 'duplicate'
  /** The batch is posted last event first. */
  | 'reorder'
  /** The batch is posted so much later, by the stand-in's clock. */
  | { delayMs: number }

/** Decides the fate of the `n`th batch of events (from 1). */
export type EventFaultScript = (n: number, events: readonly SendGridEvent[]) => EventFault

export type ApiKey = { key: string; scopes: string[] }

/** One element of the `errors` array that SendGrid answers. */
export type ApiError = { message: string; field: string | null; help: string | null }
