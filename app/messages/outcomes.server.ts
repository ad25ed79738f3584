// Writes down what became of messages: the verdicts of a claim, and the answers of SendGrid.
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/** A message's next state. `dueAt` is when it is looked at again, for those that wait. */
export interface Outcome {
  shopId: ShopId
  id: MessageId
  state: 'queued' | 'deferred' | 'skipped' | 'handed_over' | 'failed' | 'unknown'
  reason: string | null
  dueAt: Date | null
  providerId?: string | null
  subjectLine?: string | null
}

const columns = (outcomes: readonly Outcome[]) => [
  outcomes.map((outcome) => outcome.shopId),
  outcomes.map((outcome) => outcome.id),
  outcomes.map((outcome) => outcome.state),
  outcomes.map((outcome) => outcome.reason),
  outcomes.map((outcome) => outcome.dueAt),
]

/** The verdicts on messages that this transaction has locked. */
export async function writeVerdicts(tx: Tx, outcomes: readonly Outcome[]): Promise<void> {
  if (outcomes.length === 0) return
  await tx.rows(
    `update message m set state = o.state, reason = o.reason, due_at = coalesce(o.due_at, m.due_at)
     from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[]) as o (shop_id, id, state, reason, due_at)
     where m.shop_id = o.shop_id and m.id = o.id`,
    columns(outcomes),
  )
}

/** The intent, committed before the call: whoever finds it later knows that SendGrid may have been asked. */
export async function markClaimed(
  tx: Tx,
  messages: readonly { shopId: ShopId; id: MessageId }[],
  leaseMs: number,
  now: Date,
): Promise<void> {
  if (messages.length === 0) return
  await tx.rows(
    `update message m set state = 'claimed', reason = null, attempts = m.attempts + 1, claimed_at = $3,
       lease_until = clock_timestamp() + $4 * interval '1 ms'
     from unnest($1::int[], $2::uuid[]) as o (shop_id, id) where m.shop_id = o.shop_id and m.id = o.id`,
    [messages.map((message) => message.shopId), messages.map((message) => message.id), now, leaseMs],
  )
}

/**
 * The answers to calls. An event of SendGrid's may have come before the answer was written: then the state is further
 * on already and stays, and only what was missing is added.
 */
export async function writeAnswers(tx: Tx, outcomes: readonly Outcome[], now: Date): Promise<void> {
  if (outcomes.length === 0) return
  await tx.rows(
    `update message m set
       state = case when m.state in ('claimed', 'unknown') then o.state else m.state end,
       reason = case when m.state in ('claimed', 'unknown') then o.reason else m.reason end,
       due_at = coalesce(o.due_at, m.due_at), lease_until = null,
       handed_over_at = case when o.state = 'handed_over' then coalesce(m.handed_over_at, $8) else m.handed_over_at end,
       failed_at = case when o.state = 'failed' then $8 else m.failed_at end,
       provider_id = coalesce(o.provider_id, m.provider_id),
       subject_line = coalesce(o.subject_line, m.subject_line)
     from unnest($1::int[], $2::uuid[], $3::text[], $4::text[], $5::timestamptz[], $6::text[], $7::text[])
       as o (shop_id, id, state, reason, due_at, provider_id, subject_line)
     where m.shop_id = o.shop_id and m.id = o.id`,
    [
      ...columns(outcomes),
      outcomes.map((outcome) => outcome.providerId ?? null),
      outcomes.map((outcome) => outcome.subjectLine ?? null),
      now,
    ],
  )
}
