// Which messages the log asks for. It lives in the page's address: what is no filter is none.
import { z } from 'zod'
import { messageStateGroups } from './message-choices.ts'

const messageFilterSchema = z.object({
  flow: z.coerce.number().int().positive().max(2_147_483_647).nullable().catch(null),
  state: z.enum(messageStateGroups).nullable().catch(null),
  reason: z
    .string()
    .regex(/^[\w.]{1,200}$/)
    .nullable()
    .catch(null),
})
export type MessageFilter = z.output<typeof messageFilterSchema>

export function messageFilterIn(query: URLSearchParams): MessageFilter {
  return messageFilterSchema.parse({
    flow: query.get('flow') || null,
    state: query.get('state'),
    reason: query.get('reason'),
  })
}
