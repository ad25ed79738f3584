// One claim: takes due messages of several shops and commits a verdict on each, on facts read in that transaction.
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import type { CompiledTemplate } from '#app/messages/rendering/template.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { isTemporary } from '#app/platform/temporary-errors.server.ts'
import { type Candidate, findOldestDue, takeCandidates } from './candidates.server.ts'
import { type ComposedMail, composeMail } from './compose-mail.server.ts'
import { type DeliveryVerdict, deliveryGates, type GateVerdict, lastWord } from './delivery-policy.ts'
import { type HiddenBlocks, hiddenBlocks } from './hidden-blocks.server.ts'
import { settleClaim, type Verdict } from './outcomes.server.ts'
import { loadPurchases, type Purchase } from './purchase.server.ts'
import { personKey, recentMarketing } from './recent-marketing.server.ts'
import { type LookUp, lookUpMs } from './reconcile-unknown.server.ts'
import { recordedGates } from './recorded-gates.ts'
import { missingKeyPause, pausedState } from './retry.ts'
import { lockDueSendLanes } from './send-lanes.server.ts'
import { senderKey } from './sender-key.server.ts'
import type { SenderPauses } from './sender-pauses.ts'
import { type TemplateCache, templateKey } from './template-store.server.ts'

/** The last word of flows: whether each message's enrolment still wants it sent. */
export type Gate = (tx: SystemTx, candidates: readonly Candidate[], now: Date) => Promise<Map<MessageId, GateVerdict>>

export interface ClaimDeps {
  db: Database
  log: Log
  secrets: Secrets
  appUrl: string
  pauses: SenderPauses
  templates: TemplateCache
  gate: Gate
  /** For shops without a key of their own. */
  defaultApiKey: string | null
  /** Must be longer than the longest call to SendGrid. */
  leaseMs: number
}

/** What a claim leaves to be done outside its transaction. */
export interface Claim {
  mails: KeyedMail[]
  lookUps: LookUp[]
  worked: number
}

export type KeyedMail = ComposedMail & { apiKey: string }

const shopsPerClaim = 32

/**
 * Claims about `limit` messages. When that fails for a reason that lies in the data, it goes on with one message at a
 * time, so that one that cannot be claimed is set aside and holds up nobody else's.
 */
export async function claimDue(deps: ClaimDeps, limit: number, now: Date): Promise<Claim> {
  try {
    return await withSystem(deps.db, (tx) => claimBatch(deps, tx, { shops: shopsPerClaim, messages: limit }, now))
  } catch (error) {
    if (isTemporary(error)) throw error
    deps.log.error({ err: error }, 'message.claim_failed')
  }
  try {
    return await withSystem(deps.db, (tx) => claimBatch(deps, tx, { shops: 1, messages: 1 }, now))
  } catch (error) {
    if (isTemporary(error)) throw error
    return withSystem(deps.db, (tx) => setOldestAside(deps, tx, now))
  }
}

async function claimBatch(deps: ClaimDeps, tx: SystemTx, limit: { shops: number; messages: number }, now: Date) {
  const claim: Claim = { mails: [], lookUps: [], worked: 0 }
  const shopIds = await lockDueSendLanes(tx, limit.shops, now)
  if (shopIds.length === 0) return claim
  const perShop = Math.max(1, Math.floor(limit.messages / shopIds.length))
  const candidates = await takeCandidates(tx, shopIds, perShop, now)
  const verdicts: Verdict[] = []
  for (const candidate of candidates.filter(({ state }) => state === 'unknown')) {
    const key = senderKey(deps, candidate.sender)
    claim.lookUps.push({ candidate, apiKey: key.ok ? key.apiKey : null })
    verdicts.push({ ...idOf(candidate), state: 'unknown', reason: 'looked_up', dueAt: after(now, lookUpMs) })
  }
  const sendable = candidates.filter(({ state }) => state !== 'unknown')
  const surroundings = await load(deps, tx, sendable, now)
  for (const candidate of sendable) {
    const { mail, verdict } = judge(deps, candidate, surroundings, now)
    if (mail) claim.mails.push(mail)
    verdicts.push(verdict)
  }
  await settleClaim(tx, shopIds, verdicts, { now, leaseMs: deps.leaseMs })
  // A lane that was woken for a message that has gone meanwhile has been served too.
  claim.worked = Math.max(candidates.length, 1)
  return claim
}

interface Surroundings {
  gates: Map<MessageId, GateVerdict>
  recent: Map<string, Date[]>
  templates: Map<string, CompiledTemplate>
  purchases: Map<MessageId, Purchase>
  hidden: Map<MessageId, HiddenBlocks>
}

/** All that verdicts and mails depend on, read at once. */
async function load(deps: ClaimDeps, tx: SystemTx, candidates: readonly Candidate[], now: Date): Promise<Surroundings> {
  if (candidates.length === 0)
    return { gates: new Map(), recent: new Map(), templates: new Map(), purchases: new Map(), hidden: new Map() }
  // The gate comes last: it may take several statements and set savepoints, which the others must not come between.
  const [recent, templates, purchases, gates] = await Promise.all([
    recentMarketing(tx, candidates, now),
    deps.templates.load(tx, candidates),
    loadPurchases(tx, candidates),
    deps.gate(tx, candidates, now),
  ])
  return { gates, recent, templates, purchases, hidden: await hiddenBlocks(tx, candidates, templates, now) }
}

/** The last word on one message, and its mail when that word is yes: a template that fails is skipped, not claimed. */
function judge(
  deps: ClaimDeps,
  candidate: Candidate,
  { gates, recent, templates, purchases, hidden }: Surroundings,
  now: Date,
): { mail?: KeyedMail; verdict: Verdict } {
  const person = personKey(candidate.shopId, candidate.profileId)
  const recentOfPerson = recent.get(person) ?? []
  const facts = factsOf(candidate, recentOfPerson, gates.get(candidate.id))
  const asked = deliveryGates(facts, candidate.shop.settings, now)
  const word = lastWord(asked)
  const seen = recordedGates(asked)
  if (word.kind !== 'send') return { verdict: { ...idOf(candidate), ...stateOf(word), seen } }

  const key = senderKey(deps, candidate.sender)
  const template = templateKey(candidate.shopId, candidate.templateId)
  const pause = key.ok
    ? (deps.pauses.find(key.apiKey, now) ?? deps.templates.watch.restOf(template, now))
    : missingKeyPause(key.reason, now)
  if (!key.ok || pause) return { verdict: { ...idOf(candidate), ...pausedState(candidate, pause!, now) } }

  const compiled = templates.get(template) ?? null
  const composed = composeMail(deps, candidate, purchases.get(candidate.id) ?? null, compiled, hidden.get(candidate.id))
  if (composed.ok || composed.exceeded) deps.templates.watch.note(template, composed.ok ? 'filled' : 'exceeded', now)
  if (!composed.ok) {
    if (composed.error) deps.log.error({ ...idOf(candidate), err: composed.error }, 'message.not_composed')
    return { verdict: { ...idOf(candidate), state: 'skipped', reason: composed.reason, dueAt: null, seen } }
  }
  if (candidate.class === 'marketing') recent.set(person, [...recentOfPerson, now])
  const { emailHash } = candidate.profile
  const { content } = composed
  const verdict: Verdict = { ...idOf(candidate), state: 'claimed', reason: null, dueAt: null, emailHash, seen, content }
  return { mail: { ...composed, apiKey: key.apiKey }, verdict }
}

async function setOldestAside(deps: ClaimDeps, tx: SystemTx, now: Date): Promise<Claim> {
  const shopIds = await lockDueSendLanes(tx, 1, now)
  const oldest = await findOldestDue(tx, shopIds, now)
  const verdicts = oldest.map(({ shopId, id, state }): Verdict => {
    deps.log.error({ shopId, messageId: id }, 'message.set_aside')
    return { shopId, id, state: state === 'unknown' ? 'unknown' : 'failed', reason: 'cannot_be_claimed', dueAt: null }
  })
  await settleClaim(tx, shopIds, verdicts, { now, leaseMs: deps.leaseMs })
  return { mails: [], lookUps: [], worked: 1 }
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

const stateOf = (word: Exclude<DeliveryVerdict, { kind: 'send' }>) =>
  word.kind === 'skip'
    ? { state: 'skipped' as const, reason: word.reason, dueAt: null }
    : { state: 'deferred' as const, reason: word.reason, dueAt: word.until }

const idOf = ({ shopId, id }: { shopId: ShopId; id: MessageId }) => ({ shopId, id })
const after = (now: Date, ms: number) => new Date(now.getTime() + ms)
