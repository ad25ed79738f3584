// One flow as its page needs it: the draft, what is live, and the names of what its steps refer to.
import { z } from 'zod'
import { type Definition, readDefinition } from '#app/flows/definition.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface FlowPage {
  id: FlowId
  key: string
  name: string
  state: 'draft' | 'live' | 'paused'
  /** Null when the stored draft can't be read by this version of Tern. */
  draft: Definition | null
  revision: number
  live: { version: number; definition: Definition; publishedAt: Date } | null
  mails: MailChoice[]
  flows: { key: string; name: string }[]
}

/** A saved mail that a step can send. */
export interface MailChoice {
  id: string
  subject: string
}

/** Null when the shop has no such flow. */
export async function findFlowPage(tx: Tx, shopId: ShopId, flowId: FlowId): Promise<FlowPage | null> {
  const [[row], mails, flows] = await Promise.all([
    tx.rows(
      `select f.key, f.name, f.state, f.draft, f.draft_revision, f.live_version, v.definition, v.published_at
       from flow f
       left join flow_version v on v.shop_id = f.shop_id and v.flow_id = f.id and v.version = f.live_version
       where f.shop_id = $1 and f.id = $2`,
      [shopId, flowId],
    ),
    listMails(tx, shopId),
    tx.rows<{ key: string; name: string }>(
      'select key, name from flow where shop_id = $1 order by priority, id limit 500',
      [shopId],
    ),
  ])
  if (!row) return null
  const { key, name, state, draft, draft_revision, live_version, definition, published_at } = rowSchema.parse(row)
  const read = readDefinition(draft)
  const live = readDefinition(definition)
  return {
    ...{ id: flowId, key, name, state, revision: draft_revision, mails, flows },
    draft: read.ok ? read.definition : null,
    live:
      live.ok && live_version !== null && published_at !== null
        ? { version: live_version, definition: live.definition, publishedAt: published_at }
        : null,
  }
}

const rowSchema = z.object({
  key: z.string(),
  name: z.string(),
  state: z.enum(['draft', 'live', 'paused']),
  draft: z.unknown(),
  draft_revision: z.int(),
  live_version: z.int().nullable(),
  definition: z.unknown(),
  published_at: z.date().nullable(),
})

/** The newest first: an edited mail is a new one. */
async function listMails(tx: Tx, shopId: ShopId): Promise<MailChoice[]> {
  const mails = await tx.rows<MailChoice>(
    `select id, coalesce(source ->> 'subject', '') as subject from message_template
     where shop_id = $1 order by proved_at desc, id limit 500`,
    [shopId],
  )
  return mails.map(({ id, subject }) => ({ id, subject: withoutLiquid(subject) }))
}

/** What stands for a value of each reader's own is left open. */
const withoutLiquid = (subject: string) =>
  subject
    .replaceAll(/\{%.*?%\}/g, '')
    .replaceAll(/\{\{.*?\}\}/g, '…')
    .trim()
