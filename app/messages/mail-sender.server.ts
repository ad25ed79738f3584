// Hands one mail to SendGrid and says what surely happened: accepted, surely not accepted, or unknown.
//
// SendGrid knows no idempotency key, so an answer that was lost must never lead to a second try. Only these are surely
// not accepted: no connection was made, 4xx (429 among them), and SendGrid's own 500 and 503. A 502 or 504 comes from
// something between us and SendGrid, which may have passed the mail on; like a lost answer, it is unknown.
import http from 'node:http'
import https from 'node:https'
import { Client } from '@sendgrid/client'
import { type MailDataRequired, MailService } from '@sendgrid/mail'

export type HandOver =
  | { kind: 'accepted'; providerId: string | null }
  | { kind: 'retry'; afterMs: number | null; reason: string }
  | { kind: 'failed'; reason: string }
  /** The key is refused: every message of this sender would be. */
  | { kind: 'sender_refused'; reason: string }
  | { kind: 'unknown'; reason: string }

export interface Mail {
  from: { email: string; name: string }
  replyTo: string | null
  to: string
  subject: string
  html: string
  text: string
  headers: Record<string, string>
  /** Opaque ids only: SendGrid may keep them for ever. */
  customArgs: { message_id: string; tenant: string }
}

export interface MailSender {
  send(apiKey: string, mail: Mail): Promise<HandOver>
  close(): void
}

export interface MailSenderOptions {
  baseUrl: string
  /** Longer than SendGrid ever takes, shorter than a claim's lease. */
  timeoutMs: number
  maxSockets: number
}

/** One `MailService` per key: the library's default export shares its key between all who import it. */
export function createMailSender(options: MailSenderOptions): MailSender {
  const agentOptions = { keepAlive: true, maxSockets: options.maxSockets }
  const agents = { httpAgent: new http.Agent(agentOptions), httpsAgent: new https.Agent(agentOptions) }
  const services = new Map<string, MailService>()
  const serviceFor = (apiKey: string) => {
    let service = services.get(apiKey)
    if (!service) {
      service = createService(apiKey, { ...options, ...agents })
      services.set(apiKey, service)
    }
    return service
  }
  return {
    async send(apiKey, mail) {
      try {
        const [response] = await serviceFor(apiKey).send(toSendGrid(mail))
        const providerId: unknown = response.headers['x-message-id']
        return { kind: 'accepted', providerId: typeof providerId === 'string' ? providerId : null }
      } catch (error) {
        return classify(error)
      }
    },
    close() {
      agents.httpAgent.destroy()
      agents.httpsAgent.destroy()
    },
  }
}

function createService(apiKey: string, { baseUrl, timeoutMs, ...rest }: MailSenderOptions & { httpAgent: http.Agent }) {
  const client = new Client()
  client.setApiKey(apiKey)
  const defaults = { baseUrl, timeout: timeoutMs, maxRedirects: 0, proxy: false, ...rest }
  for (const [key, value] of Object.entries(defaults)) client.setDefaultRequest(key as 'baseUrl', value as string)
  const service = new MailService()
  service.setClient(client)
  return service
}

function toSendGrid(mail: Mail): MailDataRequired {
  return {
    from: mail.from,
    to: mail.to,
    ...(mail.replyTo ? { replyTo: mail.replyTo } : {}),
    subject: mail.subject,
    content: [
      { type: 'text/plain', value: mail.text },
      { type: 'text/html', value: mail.html },
    ],
    headers: mail.headers,
    customArgs: mail.customArgs,
    trackingSettings: {
      clickTracking: { enable: true, enableText: false },
      openTracking: { enable: true },
      subscriptionTracking: { enable: false },
    },
  }
}

/** Connection errors of a request that never left: nothing was accepted. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED'])

interface SendGridError {
  code?: number | string
  response?: { headers?: Record<string, unknown>; body?: unknown }
}

/** What an error of the client says about the mail's fate. */
export function classify(error: unknown): HandOver {
  const { code, response } = error as SendGridError
  if (typeof code !== 'number')
    return typeof code === 'string' && neverSent.has(code)
      ? { kind: 'retry', afterMs: null, reason: `not_connected_${code}` }
      : { kind: 'unknown', reason: `no_answer_${typeof code === 'string' ? code : 'error'}` }
  if (code === 429) return { kind: 'retry', afterMs: resetMs(response?.headers), reason: 'rate_limited' }
  if (code === 500 || code === 503) return { kind: 'retry', afterMs: null, reason: `sendgrid_${code}` }
  if (code >= 500) return { kind: 'unknown', reason: `gateway_${code}` }
  if (code === 401 || code === 403) return { kind: 'sender_refused', reason: `sendgrid_${code}` }
  return { kind: 'failed', reason: `sendgrid_${code}${firstField(response?.body)}` }
}

function resetMs(headers: Record<string, unknown> | undefined): number | null {
  const after = Number(headers?.['retry-after'])
  if (Number.isFinite(after) && after >= 0) return after * 1000
  const reset = Number(headers?.['x-ratelimit-reset'])
  const date = Number(new Date(String(headers?.date)))
  return Number.isFinite(reset) && Number.isFinite(date) ? Math.max(0, reset * 1000 - date) : null
}

/** SendGrid names the field that it refuses; its message may repeat an address, so only the name is kept. */
function firstField(body: unknown): string {
  const errors = (body as { errors?: { field?: unknown }[] } | undefined)?.errors
  const field = errors?.[0]?.field
  return typeof field === 'string' && /^[\w.]{1,60}$/.test(field) ? `_${field}` : ''
}
