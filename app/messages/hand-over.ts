// What SendGrid's answer to a mail says of its fate: accepted, surely not accepted, or unknown.
//
// SendGrid knows no idempotency key, so an answer that was lost must never lead to a second try by itself. Only these
// are surely not accepted: no connection was made, 4xx (429 among them), and SendGrid's own 500 and 503. A 502 or 504
// comes from something between us and SendGrid, which may have passed the mail on; like a lost answer, it is unknown.

export type HandOver =
  | { kind: 'accepted'; providerId: string | null }
  /** Surely not accepted; the same mail may be tried again. */
  | { kind: 'retry'; reason: string }
  /** This mail is refused and always will be. */
  | { kind: 'failed'; reason: string }
  /** Too much at once: every message of this sender has to wait. */
  | { kind: 'sender_limited'; reason: string; afterMs: number | null; resetAt: Date | null }
  /** The key or the sender is refused: every message of this sender would be. */
  | { kind: 'sender_refused'; reason: string }
  | { kind: 'unknown'; reason: string }

/** Connection errors of a request that never left: nothing was accepted. */
const neverSent = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH', 'CERT_HAS_EXPIRED'])

interface SendGridError {
  code?: number | string
  syscall?: string
  response?: { headers?: Record<string, unknown>; body?: unknown }
}

/** What an error of SendGrid's client says about the mail's fate. */
export function handOverOf(error: unknown): HandOver {
  const { code, syscall, response } = error as SendGridError
  if (typeof code !== 'number') {
    const name = typeof code === 'string' ? code : 'error'
    return neverSent.has(name) || syscall === 'connect'
      ? { kind: 'retry', reason: `not_connected_${name}` }
      : { kind: 'unknown', reason: `no_answer_${name}` }
  }
  const reason = `sendgrid_${code}`
  if (code === 429) return { kind: 'sender_limited', reason: 'rate_limited', ...limitEnd(response?.headers) }
  if (code === 408 || code === 500 || code === 503) return { kind: 'retry', reason }
  if (code >= 500) return { kind: 'unknown', reason: `gateway_${code}` }
  // 404 and 405 say that the address is wrong, not the mail.
  if (code === 401 || code === 403 || code === 404 || code === 405) return { kind: 'sender_refused', reason }
  return { kind: 'failed', reason: `${reason}${firstField(response?.body)}` }
}

function limitEnd(headers: Record<string, unknown> = {}) {
  const afterSeconds = positive(headers['retry-after'])
  const resetSeconds = positive(headers['x-ratelimit-reset'])
  return {
    afterMs: afterSeconds === null ? null : afterSeconds * 1000,
    resetAt: resetSeconds === null ? null : new Date(resetSeconds * 1000),
  }
}

function positive(header: unknown): number | null {
  const value = typeof header === 'string' && header !== '' ? Number(header) : Number.NaN
  return Number.isFinite(value) && value >= 0 ? value : null
}

/** SendGrid names the field that it refuses; its message may repeat an address, so only the name is kept. */
function firstField(body: unknown): string {
  const errors = (body as { errors?: { field?: unknown }[] } | undefined)?.errors
  const field = Array.isArray(errors) ? errors[0]?.field : undefined
  return typeof field === 'string' && /^[\w.]{1,60}$/.test(field) ? `_${field}` : ''
}
