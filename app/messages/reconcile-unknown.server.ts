// Finds out what became of messages whose hand-over is unknown, from SendGrid's own log.
//
// Why the log decides, and what happens without it: docs/decisions/002-unknown-hand-overs.md.
import type { Log } from '#app/platform/log.server.ts'
import type { Candidate } from './candidates.server.ts'
import type { Answer } from './outcomes.server.ts'
import { mayTryAgain } from './retry.ts'
import type { LogAnswer, SendGridLog } from './sendgrid-log.server.ts'

const minuteMs = 60_000
/** How long another worker leaves a message alone that is being looked up. */
export const lookUpMs = 10 * minuteMs
/** Clocks may differ by this much. */
const clockMarginMs = 60 * minuteMs
const shortestWaitMs = 15 * minuteMs
const longestWaitMs = 4 * 60 * minuteMs
/** When the log could not be asked for so long, only a human can settle it. */
const giveUpMs = 24 * 60 * minuteMs
/** Whose address is not known any more cannot be found in the log, however often it is asked. */
const addressChanged = 'address_changed'

export interface LookUp {
  candidate: Candidate
  apiKey: string | null
}

/** Looks the messages up and returns what to write down. */
export function findOut(
  deps: { sendgridLog: SendGridLog; log: Log },
  lookUps: readonly LookUp[],
  now: Date,
): Promise<Answer[]> {
  return Promise.all(
    lookUps.map(async ({ candidate, apiKey }) => {
      const { shopId, id } = candidate
      const answer = await ask(deps.sendgridLog, candidate, apiKey)
      deps.log.info({ shopId, messageId: id, found: answer.kind }, 'message.looked_up')
      return outcomeOf(candidate, answer, now)
    }),
  )
}

async function ask(sendgridLog: SendGridLog, candidate: Candidate, apiKey: string | null): Promise<LogAnswer> {
  const { email, emailHash } = candidate.profile
  if (apiKey === null) return { kind: 'unavailable', reason: 'no_sendgrid_key' }
  if (email === null || candidate.sentToHash === null || candidate.sentToHash !== emailHash)
    return { kind: 'unavailable', reason: addressChanged }
  const since = new Date(candidate.firstDueAt.getTime() - clockMarginMs)
  return sendgridLog.find(apiKey, { messageId: candidate.id, email, since })
}

/** What the log's answer means. */
export function outcomeOf(candidate: Candidate, answer: LogAnswer, now: Date): Answer {
  const { shopId, id, attempts: attempt, claimedAt } = candidate
  const base = { shopId, id, attempt, countsAttempt: true, providerId: null, subjectLine: null, at: now }
  if (answer.kind === 'found')
    return { ...base, state: 'handed_over', reason: null, dueAt: null, providerId: answer.providerId, at: answer.at }
  if (answer.kind === 'absent')
    return mayTryAgain(attempt)
      ? { ...base, state: 'queued', reason: 'not_in_sendgrid_log', dueAt: now }
      : { ...base, state: 'failed', reason: 'gave_up_not_in_sendgrid_log', dueAt: null }
  const ageMs = now.getTime() - (claimedAt ?? candidate.firstDueAt).getTime()
  const waitMs = Math.min(Math.max(ageMs / 2, shortestWaitMs), longestWaitMs)
  const isForHumans = ageMs >= giveUpMs || answer.reason === addressChanged
  const dueAt = isForHumans ? null : new Date(now.getTime() + waitMs)
  return { ...base, state: 'unknown', reason: answer.reason, dueAt }
}
