// The mail of one step of a flow's draft: read for the editor, and replaced by a new template when it is saved.
import { z } from 'zod'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { MessageClass } from '#app/messages/message-draft.ts'
import { type TemplateSource, templateSourceSchema } from '#app/messages/rendering/template.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { type Definition, readDefinition } from './definition.ts'
import { saveDraft } from './save-draft.server.ts'
import { kindOfTrigger } from './triggers/registry.ts'

export interface MailPlace {
  flowId: FlowId
  stepId: string
}

export interface FlowMail extends MailPlace {
  flowName: string
  flowKey: string
  class: MessageClass
  about: MailSubject
  templateId: string
  source: TemplateSource
  /** Whether people who enter now get this very mail. */
  isLive: boolean
}

const rowSchema = z.object({
  key: z.string(),
  name: z.string(),
  draft: z.unknown(),
  live_template: z.string().nullable(),
  source: templateSourceSchema.nullable(),
})

/** Null: there is no such flow, no such step in its draft, or the step sends nothing. */
export async function findFlowMail(tx: Tx, shopId: ShopId, { flowId, stepId }: MailPlace): Promise<FlowMail | null> {
  const [row] = await tx.rows(
    `select f.key, f.name, f.draft, t.source, v.definition->'steps'->$3->>'template' as live_template
     from flow f
     left join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
     left join message_template t on t.shop_id = f.shop_id and t.id::text = f.draft->'steps'->$3->>'template'
     where f.shop_id = $1 and f.id = $2`,
    [shopId, flowId, stepId],
  )
  if (!row) return null
  const { key, name, draft, live_template, source } = rowSchema.parse(row)
  const read = readDefinition(draft)
  const step = read.ok ? sendStep(read.definition, stepId) : null
  if (!read.ok || !step || !source) return null
  const { about } = kindOfTrigger(read.definition.trigger)
  const isLive = live_template === step.template
  return {
    flowId,
    stepId,
    flowName: name,
    flowKey: key,
    class: step.class,
    about,
    templateId: step.template,
    source,
    isLive,
  }
}

/**
 * Makes the step of the draft send another template. `stale`: somebody saved the mail since `basedOn` was read, and
 * nothing is overwritten. What is published stays as it is until the merchant publishes.
 */
export async function replaceFlowMail(
  tx: Tx,
  shopId: ShopId,
  { flowId, stepId, basedOn, templateId }: MailPlace & { basedOn: string; templateId: string },
  now: Date,
): Promise<'saved' | 'stale' | 'gone'> {
  const [row] = await tx.rows<{ draft: unknown; revision: number }>(
    'select draft, draft_revision as revision from flow where shop_id = $1 and id = $2 for update',
    [shopId, flowId],
  )
  const read = readDefinition(row?.draft)
  const step = read.ok ? sendStep(read.definition, stepId) : null
  if (!row || !read.ok || !step) return 'gone'
  if (step.template !== basedOn) return 'stale'
  if (step.template === templateId) return 'saved'
  const steps = { ...read.definition.steps, [stepId]: { ...step, template: templateId } }
  const definition = { ...read.definition, steps }
  const saved = await saveDraft(tx, shopId, { flowId, definition, revision: row.revision }, now)
  return saved.ok ? 'saved' : 'gone'
}

function sendStep({ steps }: Definition, stepId: string) {
  const step = Object.hasOwn(steps, stepId) ? steps[stepId] : undefined
  return step?.kind === 'send-email' ? step : null
}
