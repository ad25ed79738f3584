// What an answer of SendGrid's means for a message: done, again later, failed, or to be found out.
import { assertNever } from '#app/lib/errors.ts'
import { derivedUuid } from '#app/lib/ids.ts'
import type { Candidate } from './candidates.server.ts'
import type { HandOver } from './hand-over.ts'
import type { Answer } from './outcomes.server.ts'

/** After so many tries that SendGrid surely did not accept, over about a day, a message fails. */
const maxAttempts = 12
const firstRetryMs = 30_000
const maxRetryMs = 4 * 3_600_000
const minuteMs = 60_000
/** A sender whose key is refused waits for the merchant. */
const refusedPauseMs = 60 * minuteMs
const limitedPauseMs = minuteMs
const maxLimitedPauseMs = 60 * minuteMs
const senderLimitMs = 72 * 60 * minuteMs
/** SendGrid's evidence of a mail comes within minutes; this long it is waited for before the log is asked. */
export const evidenceMs = 30 * minuteMs

/** Until when a sender has to wait, and why. */
export interface SenderPause {
  until: Date
  reason: string
}

/** The pause that an answer imposes on all of its sender's messages, if it does. */
export function pauseBy(answer: HandOver, now: Date): SenderPause | null {
  const until = (ms: number) => new Date(now.getTime() + ms)
  if (answer.kind === 'sender_refused') return { until: until(refusedPauseMs), reason: answer.reason }
  if (answer.kind !== 'sender_limited') return null
  const untilReset = answer.resetAt ? answer.resetAt.getTime() - now.getTime() : limitedPauseMs
  const ms = Math.min(Math.max(answer.afterMs ?? untilReset, 1000), maxLimitedPauseMs)
  return { until: until(ms), reason: answer.reason }
}

/** The pause of a sender who has no key that could be used. */
export const missingKeyPause = (reason: string, now: Date): SenderPause => ({
  until: new Date(now.getTime() + refusedPauseMs),
  reason,
})

/** What a message does whose sender has to wait. After three days it is too late for it. */
export function pausedState({ firstDueAt }: Pick<Candidate, 'firstDueAt'>, pause: SenderPause, now: Date) {
  return now.getTime() - firstDueAt.getTime() > senderLimitMs
    ? { state: 'failed' as const, reason: pause.reason, dueAt: null }
    : { state: 'deferred' as const, reason: pause.reason, dueAt: pause.until }
}

/** `subjectLine` is kept for what was, or may have been, accepted. */
export function answerOf(candidate: Candidate, subjectLine: string, answer: HandOver, now: Date): Answer {
  const { shopId, id } = candidate
  const attempt = candidate.attempts + 1
  const base = { shopId, id, attempt, countsAttempt: true, providerId: null, subjectLine: null, at: now }
  const later = (ms: number) => new Date(now.getTime() + ms)
  switch (answer.kind) {
    case 'accepted':
      return { ...base, state: 'handed_over', reason: null, dueAt: null, providerId: answer.providerId, subjectLine }
    case 'retry':
      return attempt >= maxAttempts
        ? { ...base, state: 'failed', reason: `gave_up_${answer.reason}`, dueAt: null }
        : { ...base, state: 'queued', reason: answer.reason, dueAt: later(backOffMs(candidate)) }
    case 'sender_limited':
    case 'sender_refused':
      return { ...base, countsAttempt: false, ...pausedState(candidate, pauseBy(answer, now)!, now) }
    case 'failed':
      return { ...base, state: 'failed', reason: answer.reason, dueAt: null }
    case 'unknown':
      return { ...base, state: 'unknown', reason: answer.reason, dueAt: later(evidenceMs), subjectLine }
    default:
      return assertNever(answer)
  }
}

/** Whether a message that SendGrid's log does not know may be tried once more. */
export const mayTryAgain = (attempts: number) => attempts < maxAttempts

/** Doubles with each try, spread over ±25 % by the message's id so that a stopped crowd does not come back as one. */
export function backOffMs({ id, attempts }: Pick<Candidate, 'id' | 'attempts'>): number {
  const base = Math.min(firstRetryMs * 2 ** attempts, maxRetryMs)
  const spread = Number.parseInt(derivedUuid('back-off', id, attempts).slice(0, 4), 16) / 0xffff
  return Math.round(base * (0.75 + spread / 2))
}
