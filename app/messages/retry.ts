// What an answer of SendGrid's means for a message: done, again later, failed, or to be found out.

import { assertNever } from '#app/lib/errors.ts'
import { derivedUuid } from '#app/lib/ids.ts'
import type { Candidate } from './candidates.server.ts'
import type { HandOver } from './mail-sender.server.ts'
import type { Outcome } from './outcomes.server.ts'

/** After so many tries that SendGrid surely did not accept, over about a day, a message fails. */
const maxAttempts = 12
const firstRetryMs = 30_000
const maxRetryMs = 4 * 3_600_000
/** A sender whose key is refused waits for the merchant. */
const senderRetryMs = 3_600_000
const senderLimitMs = 72 * 3_600_000
/** SendGrid's evidence of a mail comes within minutes; this long it is waited for. */
export const evidenceMs = 30 * 60_000

/** `subjectLine` is kept for what was, or may have been, accepted. */
export function answerOutcome(candidate: Candidate, subjectLine: string, answer: HandOver, now: Date): Outcome {
  const { shopId, id } = candidate
  const later = (ms: number) => new Date(now.getTime() + ms)
  switch (answer.kind) {
    case 'accepted':
      return { shopId, id, state: 'handed_over', reason: null, dueAt: null, providerId: answer.providerId, subjectLine }
    case 'retry':
      return candidate.attempts + 1 >= maxAttempts
        ? { shopId, id, state: 'failed', reason: `gave_up_${answer.reason}`, dueAt: null }
        : { shopId, id, state: 'queued', reason: answer.reason, dueAt: later(answer.afterMs ?? backOffMs(candidate)) }
    case 'sender_refused':
      return now.getTime() - candidate.firstDueAt.getTime() > senderLimitMs
        ? { shopId, id, state: 'failed', reason: answer.reason, dueAt: null }
        : { shopId, id, state: 'deferred', reason: answer.reason, dueAt: later(senderRetryMs) }
    case 'failed':
      return { shopId, id, state: 'failed', reason: answer.reason, dueAt: null }
    case 'unknown':
      return { shopId, id, state: 'unknown', reason: answer.reason, dueAt: null, subjectLine }
    default:
      return assertNever(answer)
  }
}

/** Doubles with each try, spread over ±25 % by the message's id so that a stopped crowd does not come back as one. */
export function backOffMs({ id, attempts }: Pick<Candidate, 'id' | 'attempts'>): number {
  const base = Math.min(firstRetryMs * 2 ** attempts, maxRetryMs)
  const spread = Number.parseInt(derivedUuid('back-off', id, attempts).slice(0, 4), 16) / 0xffff
  return Math.round(base * (0.75 + spread / 2))
}
