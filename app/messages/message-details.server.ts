// One message with all that is known of it: the decision, the gates, what SendGrid said, and what it was made of.
import { z } from 'zod'
import type { eventTypes } from '#app/events/vocabulary.ts'
import { type MessageId, messageId, type ProfileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { type MessageContent, messageContentSchema } from './message-content.ts'
import { type RecordedGate, storedGatesSchema } from './recorded-gates.ts'
import { type CompiledTemplate, compiledTemplateSchema } from './rendering/template.ts'

export interface MessageDetails {
  id: MessageId
  profileId: ProfileId
  email: string | null
  firstName: string | null
  lastName: string | null
  flowId: number | null
  flowName: string | null
  flowKey: string | null
  flowVersion: number | null
  step: string | null
  class: string
  state: string
  reason: string | null
  subjectLine: string | null
  attempts: number
  createdAt: Date
  decidedAt: Date | null
  dueAt: Date | null
  handedOverAt: Date | null
  gates: RecordedGate[]
  /** Null: not handed over, sent before Tern kept it, or erased. */
  content: MessageContent | null
  template: CompiledTemplate | null
}

const keptSchema = z.object({
  gates: storedGatesSchema,
  content: messageContentSchema.nullable().catch(null),
  template: compiledTemplateSchema.nullable().catch(null),
})

/** Null when the shop has no such message. */
export async function findMessage(tx: ShopTx, id: string): Promise<MessageDetails | null> {
  const [row] = await tx.rows<Omit<MessageDetails, 'gates' | 'content' | 'template'>>(
    `select m.id, m.profile_id as "profileId", p.email, p.first_name as "firstName", p.last_name as "lastName",
       m.flow_id as "flowId", f.name as "flowName", f.key as "flowKey", m.flow_version as "flowVersion", m.step, m.class,
       m.state, m.reason, m.subject_line as "subjectLine", m.attempts, m.created_at as "createdAt",
       m.decided_at as "decidedAt", m.due_at as "dueAt", m.handed_over_at as "handedOverAt", m.seen as gates, m.content,
       t.compiled as template
     from message m
     join profile p on p.shop_id = m.shop_id and p.id = m.profile_id
     left join flow f on f.shop_id = m.shop_id and f.id = m.flow_id
     left join message_template t on t.shop_id = m.shop_id and t.id = m.template_id
     where m.shop_id = $1 and m.id = $2`,
    [tx.shopId, id],
  )
  return row ? { ...row, id: messageId(row.id), ...keptSchema.parse(row) } : null
}

export interface MessageEvent {
  id: number
  type: (typeof eventTypes)[number]
  at: Date
  props: Record<string, unknown>
}

const mostEvents = 200

/** What happened to the message, as SendGrid and its reader told it, the first thing first. */
export function listMessageEvents(tx: ShopTx, { id, profileId, createdAt }: MessageDetails): Promise<MessageEvent[]> {
  return tx.rows<MessageEvent>(
    `select id, type, occurred_at as at, props from event
     where shop_id = $1 and profile_id = $2 and occurred_at >= $3::timestamptz - interval '1 hour' and subject = $4
     order by occurred_at, id limit $5`,
    [tx.shopId, profileId, createdAt, `message:${id}`, mostEvents],
  )
}
