// The send lane: claims due messages, has the last word on each, renders, hands over, writes down the answer.
//
// A message is `queued` or `deferred` until a claim. The claim commits its verdict: `skipped`, `deferred`, or `claimed`,
// which is the intent to call SendGrid now. All calls of a claim begin at once, after the commit; nothing is claimed
// that is not called. The answer makes it `handed_over`, `failed`, `queued` again (surely not accepted), or `unknown`
// (may have been accepted). A process that dies between claim and answer leaves `claimed`; when the lease is over,
// `sweepLostClaims` makes that `unknown` too. Nothing that is `unknown` is sent again unless SendGrid's own log shows
// that it never arrived (reconcile-unknown.server.ts); an event of SendGrid's about it settles it at once.
import { randomUUID } from 'node:crypto'
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { claimLanes, lockHeldLanes, wakeLanes } from '#app/platform/lanes.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { type Candidate, takeCandidates } from './candidates.server.ts'
import { type ComposedMail, composeMail } from './compose-mail.server.ts'
import { decideDelivery, type GateVerdict } from './delivery-policy.ts'
import type { HandOver, Mail, MailSender } from './mail-sender.server.ts'
import { markClaimed, type Outcome, writeAnswers, writeVerdicts } from './outcomes.server.ts'
import { loadPurchases } from './purchase.server.ts'
import { personKey, recentMarketing } from './recent-marketing.server.ts'
import { answerOutcome } from './retry.ts'
import { type TemplateCache, templateKey } from './template-store.server.ts'

export type Gate = (tx: SystemTx, candidates: readonly Candidate[], now: Date) => Promise<Map<MessageId, GateVerdict>>

export interface DeliveryDeps {
  db: Database
  clock: Clock
  log: Log
  secrets: Secrets
  appUrl: string
  sender: MailSender
  templates: TemplateCache
  gate: Gate
  /** For shops without a key of their own. */
  defaultApiKey: string | null
  /** Must be longer than the longest call to SendGrid. */
  leaseMs: number
}

const laneLeaseMs = 30_000
const shopsPerClaim = 32

/**
 * Sends what is due, at most about `limit` messages, and returns how many it worked on. All the answers are written
 * when it resolves.
 */
export async function deliverDue(deps: DeliveryDeps, limit = 32): Promise<number> {
  const now = deps.clock.now()
  const owner = randomUUID()
  const claim = { lane: 'send' as const, owner, now, limit: shopsPerClaim, leaseMs: laneLeaseMs }
  const shopIds = await claimLanes(deps.db, claim)
  if (shopIds.length === 0) return 0
  const perShop = Math.max(1, Math.floor(limit / shopIds.length))
  const { mails, worked } = await withSystem(deps.db, async (tx) => {
    const result = await claimMessages(deps, tx, shopIds, perShop, now)
    await settleSendLanes(tx, owner, shopIds)
    return result
  })
  if (mails.length > 0) await handOver(deps, mails)
  // A lane without a message that is due was woken for one that has gone meanwhile: that counts as work too.
  return Math.max(worked, 1)
}

async function claimMessages(deps: DeliveryDeps, tx: SystemTx, shopIds: ShopId[], perShop: number, now: Date) {
  const candidates = await takeCandidates(tx, shopIds, perShop, now)
  if (candidates.length === 0) return { mails: [], worked: 0 }
  const gates = await deps.gate(tx, candidates, now)
  const recent = await recentMarketing(tx, candidates, now)
  const verdicts: Outcome[] = []
  const wanted: Candidate[] = []
  for (const candidate of candidates) {
    const key = personKey(candidate.shopId, candidate.profileId)
    const recentOfPerson = recent.get(key) ?? []
    const verdict = decideDelivery(
      factsOf(candidate, recentOfPerson, gates.get(candidate.id)),
      candidate.shop.settings,
      now,
    )
    if (verdict.kind === 'send') {
      wanted.push(candidate)
      if (candidate.class === 'marketing') recent.set(key, [...recentOfPerson, now])
    } else verdicts.push(verdictOutcome(candidate, verdict))
  }
  const mails: ComposedMail[] = []
  for (const composed of await compose(deps, tx, wanted)) {
    if (composed.ok) mails.push(composed)
    else verdicts.push(verdictOutcome(composed.candidate, { kind: 'skip', reason: composed.reason }))
  }
  await writeVerdicts(tx, verdicts)
  await markClaimed(
    tx,
    mails.map((mail) => mail.candidate),
    deps.leaseMs,
    now,
  )
  return { mails, worked: candidates.length }
}

/** Renders before the claim is committed: a template that fails is skipped, not left claimed. */
async function compose(deps: DeliveryDeps, tx: SystemTx, wanted: readonly Candidate[]) {
  if (wanted.length === 0) return []
  const templates = await deps.templates.load(tx, wanted)
  const purchases = await loadPurchases(tx, wanted)
  return wanted.map((candidate) =>
    composeMail(
      deps,
      candidate,
      purchases.get(candidate.id) ?? null,
      templates.get(templateKey(candidate.shopId, candidate.templateId)) ?? null,
    ),
  )
}

async function handOver(deps: DeliveryDeps, mails: readonly ComposedMail[]) {
  const answers = await Promise.all(mails.map(async (mail) => ({ mail, answer: await call(deps, mail) })))
  const now = deps.clock.now()
  const outcomes = answers.map(({ mail, answer }) => answerOutcome(mail.candidate, mail.mail.subject, answer, now))
  for (const { mail, answer } of answers) logAnswer(deps.log, mail.candidate, answer)
  await withSystem(deps.db, async (tx) => {
    await writeAnswers(tx, outcomes, now)
    await wakeLanes(
      tx,
      'send',
      outcomes.flatMap(({ shopId, dueAt }) => (dueAt ? [{ shopId, dueAt }] : [])),
    )
  })
}

function call(deps: DeliveryDeps, { candidate, mail }: { candidate: Candidate; mail: Mail }): Promise<HandOver> {
  const own = candidate.sender?.sendgridKey
  const apiKey = own ? deps.secrets.open(own, 'sendgrid key') : deps.defaultApiKey
  if (!apiKey) return Promise.resolve({ kind: 'sender_refused', reason: 'no_sendgrid_key' })
  return deps.sender.send(apiKey, mail)
}

/** Ends the leases and sets each lane's next due time; the times are read after the lanes are locked. */
async function settleSendLanes(tx: SystemTx, owner: string, shopIds: readonly ShopId[]) {
  await lockHeldLanes(tx, 'send', owner, shopIds)
  await tx.rows(
    `update shop_lane l set lease_owner = null, lease_until = null, next_due_at = coalesce(
       (select min(m.due_at) from message m where m.shop_id = l.shop_id and m.state in ('queued', 'deferred')), 'infinity')
     where l.lane = 'send' and l.shop_id = any($1::int[])`,
    [shopIds],
  )
}

function factsOf(candidate: Candidate, recentOfPerson: Date[], gate: GateVerdict | undefined) {
  return {
    class: candidate.class,
    shopState: candidate.shop.state,
    hasSender: candidate.sender !== null,
    email: candidate.profile.email,
    consent: candidate.profile.consent,
    suppressedBecause: candidate.suppressedBecause,
    gate: gate ?? { kind: 'go' as const },
    recentMarketing: recentOfPerson,
    zone: candidate.profile.zone ?? candidate.shop.zone,
    firstDueAt: candidate.firstDueAt,
  }
}

function verdictOutcome(
  { shopId, id }: Candidate,
  verdict: { kind: 'skip'; reason: string } | { kind: 'defer'; until: Date; reason: string },
): Outcome {
  return verdict.kind === 'skip'
    ? { shopId, id, state: 'skipped', reason: verdict.reason, dueAt: null }
    : { shopId, id, state: 'deferred', reason: verdict.reason, dueAt: verdict.until }
}

function logAnswer(log: Log, { shopId, id }: Candidate, answer: HandOver) {
  if (answer.kind === 'accepted') log.debug({ shopId, messageId: id }, 'message.handed_over')
  else log.warn({ shopId, messageId: id, reason: answer.reason }, `message.${answer.kind}`)
}
