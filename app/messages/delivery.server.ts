// The send lane: claims due messages, has the last word on each, renders, hands over, writes down the answer.
//
// A message is `queued` or `deferred` until a claim. The claim commits its verdict: `skipped`, `deferred`, or `claimed`,
// which is the intent to call SendGrid now. All calls of a claim begin at once, after the commit; nothing is claimed
// that is not called. The answer makes it `handed_over`, `failed`, `queued` again (surely not accepted), `deferred` (its
// sender has to wait), or `unknown` (may have been accepted). A process that dies between claim and answer leaves
// `claimed`; when the lease is over, `sweepLostClaims` makes that `unknown` too. Nothing that is `unknown` is sent again
// unless SendGrid's own log, asked when its due time comes, shows that it never arrived; an event of SendGrid's about it
// settles it at once.
import type { Clock } from '#app/platform/clock.server.ts'
import { type Claim, type ClaimDeps, claimDue, type KeyedMail } from './claim.server.ts'
import type { HandOver } from './hand-over.ts'
import type { MailSender } from './mail-sender.server.ts'
import { writeAnswers } from './outcomes.server.ts'
import { findOut } from './reconcile-unknown.server.ts'
import { answerOf, pauseBy } from './retry.ts'
import { isAnySendLaneDue } from './send-lanes.server.ts'
import type { SendGridLog } from './sendgrid-log.server.ts'

export interface DeliveryDeps extends ClaimDeps {
  clock: Clock
  sender: MailSender
  sendgridLog: SendGridLog
  /** Real time, in which leases count, whatever Tern's clock says. */
  realMs?: () => number
}

/**
 * Sends what is due, at most about `limit` messages, and returns how many it worked on. All the answers are written
 * when it resolves.
 */
export async function deliverDue(deps: DeliveryDeps, limit = 32): Promise<number> {
  const now = deps.clock.now()
  const { realMs = () => performance.now() } = deps
  const leaseEndsMs = realMs() + deps.leaseMs
  if (!(await isAnySendLaneDue(deps.db, now))) return 0
  const claim = await claimDue(deps, limit, now)
  await Promise.all([handOver(deps, claim.mails, () => realMs() < leaseEndsMs), lookUp(deps, claim.lookUps)])
  return claim.worked
}

/**
 * A process can be stopped for longer than its lease, between the claim and the call: then somebody else may have found
 * that the mail never arrived, and sent it.
 */
const tooLate: HandOver = { kind: 'retry', reason: 'worker_was_stopped' }

async function handOver(deps: DeliveryDeps, mails: readonly KeyedMail[], isLeased: () => boolean) {
  const answers = await Promise.all(
    mails.map(async ({ candidate, mail, apiKey }) => {
      const answer = isLeased() ? await deps.sender.send(apiKey, mail) : tooLate
      const now = deps.clock.now()
      const pause = pauseBy(answer, now)
      if (pause) deps.pauses.add(apiKey, pause)
      logAnswer(deps, candidate, answer)
      return answerOf(candidate, mail.subject, answer, now)
    }),
  )
  await writeAnswers(deps.db, answers)
}

async function lookUp(deps: DeliveryDeps, lookUps: Claim['lookUps']) {
  if (lookUps.length > 0) await writeAnswers(deps.db, await findOut(deps, lookUps, deps.clock.now()))
}

function logAnswer({ log }: DeliveryDeps, { shopId, id }: KeyedMail['candidate'], answer: HandOver) {
  if (answer.kind === 'accepted') log.debug({ shopId, messageId: id }, 'message.handed_over')
  else log.warn({ shopId, messageId: id, reason: answer.reason }, `message.${answer.kind}`)
}
