// Writes down what becomes of messages: the verdicts of a claim, and the answers of SendGrid.
import { setTimeout as delay } from 'node:timers/promises'
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import { isTemporary } from '#app/platform/temporary-errors.server.ts'
import type { MessageContent } from './message-content.ts'
import type { RecordedGate } from './recorded-gates.ts'

/** What a claim decides of a message. `dueAt` is when it is looked at again, for those that wait. */
export interface Verdict {
  shopId: ShopId
  id: MessageId
  state: 'claimed' | 'skipped' | 'deferred' | 'failed' | 'unknown'
  reason: string | null
  dueAt: Date | null
  /** The address that a claimed message goes to. */
  emailHash?: string | null
  /** What the gates saw, of a message that they were asked about. */
  seen?: RecordedGate[]
  /** What a claimed message's template was filled with. */
  content?: MessageContent
}

/**
 * Writes the verdicts on messages that this transaction has locked, and when their shops' send lanes, which it has
 * locked before, are due next. For a claimed message this is the intent, committed before the call: whoever finds it
 * later knows that SendGrid may have been asked.
 */
export async function settleClaim(
  tx: SystemTx,
  shopIds: readonly ShopId[],
  verdicts: readonly Verdict[],
  { now, leaseMs }: { now: Date; leaseMs: number },
): Promise<void> {
  await tx.rows(
    `with verdict as (
       select * from unnest($3::int[], $4::uuid[], $5::text[], $6::text[], $7::timestamptz[], $8::text[],
         $9::jsonb[], $11::jsonb[]) as v (shop_id, id, state, reason, due_at, email_hash, seen, content)
     ),
     written as (
       update message m set state = v.state, reason = v.reason, due_at = v.due_at,
         seen = coalesce(v.seen, m.seen), content = coalesce(v.content, m.content),
         decided_at = case when v.state = 'unknown' then m.decided_at else $2 end,
         email_hash = coalesce(v.email_hash, m.email_hash),
         attempts = case when v.state = 'claimed' then m.attempts + 1 else m.attempts end,
         claimed_at = case when v.state = 'claimed' then $2 else m.claimed_at end,
         lease_until = case when v.state = 'claimed' then clock_timestamp() + $10 * interval '1 ms' end
       from verdict v where m.shop_id = v.shop_id and m.id = v.id
     )
     update shop_lane l set last_served = $2, next_due_at = least(
       (select min(v.due_at) from verdict v where v.shop_id = l.shop_id),
       (select m.due_at from message m
        where m.shop_id = l.shop_id and m.state in ('queued', 'deferred', 'unknown') and m.id <> all($4::uuid[])
        order by m.due_at limit 1),
       'infinity')
     where l.lane = 'send' and l.shop_id = any($1::int[])`,
    [
      shopIds,
      now,
      verdicts.map((verdict) => verdict.shopId),
      verdicts.map((verdict) => verdict.id),
      verdicts.map((verdict) => verdict.state),
      verdicts.map((verdict) => verdict.reason),
      verdicts.map((verdict) => verdict.dueAt),
      verdicts.map((verdict) => verdict.emailHash ?? null),
      verdicts.map((verdict) => (verdict.seen ? JSON.stringify(verdict.seen) : null)),
      leaseMs,
      verdicts.map((verdict) => (verdict.content ? JSON.stringify(verdict.content) : null)),
    ],
  )
}

/** What SendGrid, or its log, answered about a message. */
export interface Answer {
  shopId: ShopId
  id: MessageId
  state: 'handed_over' | 'queued' | 'deferred' | 'failed' | 'unknown'
  reason: string | null
  dueAt: Date | null
  /** The try that it answers: one about an earlier try only counts when it says that SendGrid has the message. */
  attempt: number
  /** False when it was the sender that was refused, not the message. */
  countsAttempt: boolean
  providerId: string | null
  subjectLine: string | null
  /** When it happened. */
  at: Date
}

const writeTries = 6
const firstWaitMs = 250

/**
 * Writes answers, and wakes the send lanes for those that wait. An event of SendGrid's may have come before: then the
 * message is further on already and stays, and only what was missing is added. A database that is away for some seconds
 * is waited for: an answer that is not written leaves its message in doubt.
 */
export async function writeAnswers(db: Database, answers: readonly Answer[], triesLeft = writeTries): Promise<void> {
  if (answers.length === 0) return
  try {
    await writeOnce(db, answers)
  } catch (error) {
    if (triesLeft <= 1 || !isTemporary(error)) throw error
    await delay(firstWaitMs * 2 ** (writeTries - triesLeft))
    return writeAnswers(db, answers, triesLeft - 1)
  }
}

async function writeOnce(db: Database, answers: readonly Answer[]) {
  const values = answerValues(answers)
  const waits = answers.flatMap(({ shopId, dueAt }) => (dueAt ? [{ shopId, dueAt }] : []))
  if (waits.length === 0) await db.pool.query({ name: 'write_answers', text: writeAnswersSql, values })
  else
    await withSystem(db, async (tx) => {
      await tx.rows(writeAnswersSql, values)
      await wakeLanes(tx, 'send', waits)
    })
}

// Locked in key order, so that it never waits in a circle with a batch of events about the same messages.
const writeAnswersSql = `
  with answer as (
    select a.*, a.state = 'handed_over' and m.state in ('queued', 'deferred', 'claimed', 'unknown', 'skipped', 'failed')
        or m.state in ('claimed', 'unknown') and m.attempts = a.attempt as holds
    from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::int[], $7::boolean[], $8::text[],
      $9::text[], $10::timestamptz[])
      as a (shop_id, id, state, reason, due_at, attempt, counts_attempt, provider_id, subject_line, at)
    join message m on m.shop_id = a.shop_id and m.id = a.id
    order by m.shop_id, m.id for no key update of m
  )
  update message m set
    state = case when a.holds then a.state else m.state end,
    reason = case when a.holds then a.reason else m.reason end,
    due_at = case when a.holds then a.due_at else m.due_at end,
    lease_until = case when a.holds then null else m.lease_until end,
    attempts = case when a.holds and not a.counts_attempt then m.attempts - 1 else m.attempts end,
    handed_over_at = case when a.state = 'handed_over' then coalesce(m.handed_over_at, a.at) else m.handed_over_at end,
    failed_at = case when a.holds and a.state = 'failed' then a.at else m.failed_at end,
    provider_id = coalesce(m.provider_id, a.provider_id),
    subject_line = coalesce(a.subject_line, m.subject_line)
  from answer a where m.shop_id = a.shop_id and m.id = a.id`

function answerValues(answers: readonly Answer[]) {
  return [
    answers.map((answer) => answer.shopId),
    answers.map((answer) => answer.id),
    answers.map((answer) => answer.state),
    answers.map((answer) => answer.reason),
    answers.map((answer) => answer.dueAt),
    answers.map((answer) => answer.attempt),
    answers.map((answer) => answer.countsAttempt),
    answers.map((answer) => answer.providerId),
    answers.map((answer) => answer.subjectLine),
    answers.map((answer) => answer.at),
  ]
}
