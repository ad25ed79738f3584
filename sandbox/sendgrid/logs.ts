// SendGrid's Email Logs API: what became of the mails that were accepted, for whoever has lost an answer.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { Ajv2020 } from 'ajv/dist/2020.js'
import type { Delivery } from './delivery.ts'
import { sgMessageId } from './events.ts'
import { answerErrors, answerJson, isPlainJson, parseJson, readBody } from './http.ts'
import { type LogFields, parseLogQuery } from './log-query.ts'
import type { Mailbox, StoredMail } from './mailbox.ts'
import type { ApiKey, LogFault, SendGridEvent } from './model.ts'
import { answerRefusal } from './refusals.ts'
import spec from './spec/logs.json' with { type: 'json' }

export const LOG_SCOPE = 'messages.read'
const MAX_BYTES = 100_000
const DEFAULT_LIMIT = 10
const MAX_EVENTS = 100

export type Logs = {
  mailbox: Mailbox
  findApiKey(request: IncomingMessage): ApiKey | null
  faults(n: number): LogFault
}

type LogRequest = { query?: string; limit?: number; subusers?: string[] }

const isLogRequest = new Ajv2020({ strict: false, formats: { '^\\d+$': /^\d+$/ } }).compile<LogRequest>({
  ...spec.components.schemas.EmailLogsGetMessagesByFilterRequest,
  additionalProperties: false,
})

/** Answers `POST /v3/logs` and `GET /v3/logs/{sg_message_id}`. */
export function createLogs({ mailbox, findApiKey, faults }: Logs) {
  let requestNumber = 0
  return async function answerLogs(request: IncomingMessage, response: ServerResponse, path: string) {
    const id = path.startsWith('/v3/logs/') ? decoded(path.slice('/v3/logs/'.length)) : null
    if (request.method !== (id === null ? 'POST' : 'GET')) return answerRefusal(response, 405)
    const apiKey = findApiKey(request)
    if (!apiKey) return answerRefusal(response, 401)
    if (!apiKey.scopes.includes(LOG_SCOPE)) return answerRefusal(response, 403)
    const fault = faults(++requestNumber)
    if (fault !== 'ok') return answerRefusal(response, fault.status)
    const own = mailbox.all().filter(({ delivery }) => delivery.apiKey === apiKey.key)
    return id === null ? answerList(request, response, own, mailbox) : answerDetails(response, own, id)
  }
}

async function answerList(request: IncomingMessage, response: ServerResponse, own: StoredMail[], mailbox: Mailbox) {
  if (!isPlainJson(request)) return answerRefusal(response, 415)
  const raw = await readBody(request, MAX_BYTES)
  if (!raw) return answerRefusal(response, 413)
  const body = parseJson(raw)
  if (!isLogRequest(body)) return answerErrors(response, 400, [badRequest('The request is not what the log accepts.')])
  if (body.subusers?.length) return answerRefusal(response, 403)
  const matches = parseLogQuery(body.query ?? '')
  if (!matches) return answerErrors(response, 400, [badRequest('The query is not valid.')])
  // A log that has forgotten mails must not look as if there had been none.
  if (mailbox.counts().received > mailbox.all().length) return answerRefusal(response, 503)
  const found = own.map(asLogged).filter(({ fields }) => matches(fields))
  const newestFirst = found.reverse().slice(0, body.limit ?? DEFAULT_LIMIT)
  return answerJson(response, 200, { messages: newestFirst.map(summary) })
}

function answerDetails(response: ServerResponse, own: StoredMail[], id: string | null) {
  const stored = own.find(({ delivery }) => sgMessageId(delivery) === id)
  if (!stored) return answerRefusal(response, 404)
  const { mail, delivery } = stored
  const { fields } = asLogged(stored)
  return answerJson(response, 200, {
    from_email: mail.from,
    sg_message_id: fields.sg_message_id,
    subject: mail.subject,
    to_email: mail.to,
    status: fields.status,
    api_key_id: 'sandbox',
    client_ip: '127.0.0.1',
    category: mail.categories,
    custom_args: delivery.customArgs,
    events: delivery.events.slice(-MAX_EVENTS).map((event) => loggedEvent(event, delivery)),
  })
}

type Logged = { stored: StoredMail; fields: LogFields }

function asLogged(stored: StoredMail): Logged {
  const { mail, delivery } = stored
  const { status, reason } = statusOf(delivery.events)
  const { subject, categories, to, receivedAt } = mail
  const createdAt = receivedAt
  return {
    stored,
    fields: { sg_message_id: sgMessageId(delivery), subject, to_email: to, status, reason, categories, createdAt },
  }
}

const summary = ({ stored, fields }: Logged) => ({
  from_email: stored.mail.from,
  sg_message_id: fields.sg_message_id,
  subject: fields.subject,
  to_email: fields.to_email,
  ...(fields.reason === '' ? {} : { reason: fields.reason }),
  status: fields.status,
  sg_message_id_created_at: fields.createdAt.toISOString().replace(/\.\d+Z$/, 'Z'),
})

function statusOf(events: readonly SendGridEvent[]): { status: string; reason: string } {
  const last = (...kinds: string[]) => events.findLast(({ event }) => kinds.includes(event))
  const ended = last('dropped', 'bounce')
  const reason = String(ended?.reason ?? '')
  if (ended?.event === 'dropped') return { status: 'dropped', reason }
  if (ended) return { status: ended.type === 'blocked' ? 'blocked' : 'bounced', reason }
  if (last('delivered', 'open', 'click')) return { status: 'delivered', reason }
  return { status: last('deferred') ? 'deferred' : 'processed', reason }
}

/** Unlike the webhook, the log keeps the custom args apart, and names a machine open only where it is one. */
function loggedEvent(event: SendGridEvent, delivery: Delivery) {
  const own = new Set(Object.keys(delivery.customArgs))
  const fields = Object.entries(event).filter(
    ([name, value]) => !own.has(name) && !(name === 'sg_machine_open' && value === false),
  )
  const date = typeof event.date === 'string' ? { date: event.date.slice(0, 10) } : {}
  return { ...Object.fromEntries(fields), ...date, custom_args: delivery.customArgs }
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return ''
  }
}

const badRequest = (message: string) => ({ message, field: null, help: null })
