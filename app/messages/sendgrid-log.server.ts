// Asks SendGrid's log (Email Logs API) whether it has a message of ours: the only evidence when an answer was lost.
import { z } from 'zod'
import type { SendGridClients } from './sendgrid-clients.server.ts'

export interface LogQuestion {
  messageId: string
  email: string
  /** SendGrid cannot have it from before this moment. */
  since: Date
}

export type LogAnswer =
  | { kind: 'found'; providerId: string; at: Date }
  /** The log has answered, completely, and the message is not in it. */
  | { kind: 'absent' }
  | { kind: 'unavailable'; reason: string }

export interface SendGridLog {
  /** Never throws: a log that cannot be asked is an answer too. */
  find(apiKey: string, question: LogQuestion): Promise<LogAnswer>
}

/** The most that one answer lists; a list of this length may be incomplete. */
const pageSize = 1000

const listSchema = z.object({
  messages: z.array(
    z.object({ sg_message_id: z.string(), to_email: z.string(), sg_message_id_created_at: z.string() }),
  ),
})
const messageSchema = z.object({ custom_args: z.record(z.string(), z.unknown()).default({}) })

export function createSendGridLog(clients: SendGridClients): SendGridLog {
  return {
    async find(apiKey, question) {
      const client = clients.clientFor(apiKey)
      const ask = async (request: { method: 'GET' | 'POST'; url: string; body?: object }) =>
        (await client.request(request))[1] as unknown
      try {
        const query = logQuery(question)
        const body = await ask({ method: 'POST', url: '/v3/logs', body: { query, limit: pageSize } })
        const { messages } = listSchema.parse(body)
        const toThem = messages.filter((entry) => isSameAddress(entry.to_email, question.email))
        for (const entry of toThem) {
          const details = await ask({ method: 'GET', url: `/v3/logs/${encodeURIComponent(entry.sg_message_id)}` })
          if (messageSchema.parse(details).custom_args.message_id !== question.messageId) continue
          const at = new Date(entry.sg_message_id_created_at)
          // The 202 named the part before the first dot.
          return { kind: 'found', providerId: entry.sg_message_id.split('.')[0]!, at }
        }
        return messages.length < pageSize ? { kind: 'absent' } : { kind: 'unavailable', reason: 'log_too_long' }
      } catch (error) {
        return { kind: 'unavailable', reason: reasonOf(error) }
      }
    },
  }
}

/** The query language knows no escape: an address with a quote in it is looked for among all of that time. */
function logQuery({ email, since }: LogQuestion): string {
  const created = `sg_message_id_created_at >= TIMESTAMP "${since.toISOString().replace(/\.\d+Z$/, 'Z')}"`
  return /["'\\]/.test(email) ? created : `to_email = '${email}' AND ${created}`
}

const isSameAddress = (a: string, b: string) => a.trim().toLowerCase() === b.trim().toLowerCase()

function reasonOf(error: unknown): string {
  if (error instanceof z.ZodError) return 'log_unreadable'
  const code = (error as { code?: unknown }).code
  return `log_${typeof code === 'number' || typeof code === 'string' ? code : 'error'}`
}
