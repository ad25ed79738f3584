// The outbox: a decision to send becomes a row, in the transaction that decided it.
import type { Tx } from '#app/platform/database.server.ts'
import { wakeLanes } from '#app/platform/lanes.server.ts'
import type { MessageDraft } from './message-draft.ts'

/** Keeps the drafts and wakes the send lanes. A draft that is there already is left as it is. */
export async function queueMessages(tx: Tx, drafts: readonly MessageDraft[]): Promise<void> {
  if (drafts.length === 0) return
  const column = <Value>(of: (draft: MessageDraft) => Value) => drafts.map(of)
  const queued = tx.rows(
    `insert into message (shop_id, id, profile_id, flow_id, flow_version, enrolment_id, step, template_id, channel, class,
       subject_ref, state, created_at, due_at, first_due_at)
     select d.shop_id, d.id, d.profile_id, d.flow_id, d.flow_version, d.enrolment_id, d.step, d.template_id, d.channel,
       d.class, d.subject_ref, 'queued', d.created_at, d.due_at, d.due_at
     from unnest($1::int[], $2::uuid[], $3::bigint[], $4::int[], $5::int[], $6::bigint[], $7::text[], $8::uuid[],
       $9::text[], $10::text[], $11::text[], $12::timestamptz[], $13::timestamptz[])
       as d (shop_id, id, profile_id, flow_id, flow_version, enrolment_id, step, template_id, channel, class,
         subject_ref, created_at, due_at)
     on conflict (shop_id, id) do nothing`,
    [
      column((draft) => draft.shopId),
      column((draft) => draft.id),
      column((draft) => draft.profileId),
      column((draft) => draft.flowId),
      column((draft) => draft.flowVersion),
      column((draft) => draft.enrolmentId),
      column((draft) => draft.step),
      column((draft) => draft.templateId),
      column((draft) => draft.channel),
      column((draft) => draft.class),
      column((draft) => draft.subject),
      column((draft) => draft.createdAt),
      column((draft) => draft.dueAt),
    ],
  )
  await Promise.all([queued, wakeLanes(tx, 'send', drafts)])
}
