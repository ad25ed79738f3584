// The documented rules of mail/send that the published schema does not hold: sizes, sums, reserved names, order.
import { type MailBody, recipientsOf } from './mail-body.ts'
import type { ApiError } from './model.ts'

const MAX_RECIPIENTS = 1000
const CUSTOM_ARGS_BYTES = 10_000
const MAX_SCHEDULE_MS = 72 * 3600_000
const RESERVED_HEADERS = new Set([
  'x-sg-id',
  'x-sg-eid',
  'received',
  'dkim-signature',
  'content-type',
  'content-transfer-encoding',
  'to',
  'from',
  'subject',
  'reply-to',
  'cc',
  'bcc',
])

type Rule = (body: MailBody, now: Date) => ApiError[]

const rules: Rule[] = [recipients, names, subject, content, headers, customArgs, replyTo, schedule]

/** Every rule that `body` breaks, as SendGrid's errors; empty when it may be sent. */
export function brokenRules(body: MailBody, now: Date): ApiError[] {
  return rules.flatMap((rule) => rule(body, now))
}

function recipients(body: MailBody): ApiError[] {
  const errors: ApiError[] = []
  let total = 0
  for (const [index, personalization] of body.personalizations.entries()) {
    const field = `personalizations.${index}`
    const seen = new Set<string>()
    if (personalization.to.length === 0) {
      errors.push(error(`${field}.to`, 'The to array is required for all personalization objects.'))
    }
    for (const { email } of recipientsOf(personalization)) {
      total++
      const address = email.toLowerCase()
      if (seen.has(address)) {
        const message = `Each email address in the personalization block should be unique between to, cc, and bcc. We found the first duplicate instance of [${email}].`
        errors.push(error(field, message))
      }
      seen.add(address)
    }
  }
  if (total > MAX_RECIPIENTS) {
    const message = 'There is a limit of 1000 total recipients (to + cc + bcc) per request.'
    errors.push(error('personalizations', message))
  }
  return errors
}

function names(body: MailBody): ApiError[] {
  const broken = body.personalizations
    .flatMap(recipientsOf)
    .filter(({ name }) => name !== undefined && /[;,\r\n]/.test(name))
    .map(() => error('personalizations.to.name', 'A recipient name may not contain ";" or ",".'))
  const senders = [body.from, ...body.personalizations.flatMap((each) => each.from ?? [])]
  if (senders.some(({ name }) => name !== undefined && /[\r\n]/.test(name))) {
    broken.push(error('from.name', 'The from name may not contain line breaks.'))
  }
  return broken
}

function subject(body: MailBody): ApiError[] {
  const subjects = body.personalizations.map((each) => each.subject ?? body.subject)
  if (!body.template_id && subjects.some((each) => !each)) {
    const message =
      'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.'
    return [error('subject', message)]
  }
  return subjects.some((each) => each && /[\r\n]/.test(each))
    ? [error('subject', 'The subject may not contain line breaks.')]
    : []
}

function content(body: MailBody): ApiError[] {
  const parts = body.content ?? []
  if (parts.length === 0) {
    const message =
      'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.'
    return body.template_id ? [] : [error('content', message)]
  }
  const empty = parts.flatMap(({ type, value }, index) => [
    ...(type ? [] : [error(`content.${index}.type`, 'The content type must be at least one character in length.')]),
    ...(value
      ? []
      : [error(`content.${index}.value`, 'The content value must be a string at least one character in length.')]),
  ])
  if (empty.length > 0) return empty
  const ranks = parts.map(({ type }) => contentRank(type))
  return ranks.some((rank, index) => index > 0 && rank < ranks[index - 1]!)
    ? [
        error(
          'content',
          'Following RFC 1341, section 7.2, if either text/html or text/plain are to be sent in your email: text/plain needs to be first, followed by text/html, followed by any other content.',
        ),
      ]
    : []
}

function contentRank(type: string): number {
  if (type === 'text/plain') return 0
  return type === 'text/html' ? 1 : 2
}

function headers(body: MailBody): ApiError[] {
  const all = [body.headers ?? {}, ...body.personalizations.map((each) => each.headers ?? {})]
  return all.flatMap(Object.entries).flatMap(([name, value]) => {
    const field = `headers.${name}`
    if (RESERVED_HEADERS.has(name.toLowerCase())) return [error(field, `You may not override the ${name} header.`)]
    if (!/^[\x21-\x39\x3b-\x7e]+$/.test(name)) return [error(field, 'A header name must be printable ASCII.')]
    if (typeof value !== 'string') return [error(field, 'A header value must be a string.')]
    return /[\r\n]/.test(value) ? [error(field, 'A header value may not contain line breaks.')] : []
  })
}

function customArgs(body: MailBody): ApiError[] {
  const errors: ApiError[] = []
  for (const personalization of body.personalizations) {
    const merged = { ...body.custom_args, ...personalization.custom_args }
    if (Object.values(merged).some((value) => typeof value !== 'string')) {
      errors.push(error('custom_args', 'Every value in custom_args must be a string.'))
    }
    if (Buffer.byteLength(JSON.stringify(merged)) >= CUSTOM_ARGS_BYTES) {
      errors.push(error('custom_args', 'custom_args may not exceed 10,000 bytes.'))
    }
  }
  return errors
}

function replyTo(body: MailBody): ApiError[] {
  return body.reply_to && body.reply_to_list
    ? [error('reply_to', 'You can use either reply_to or reply_to_list, not both.')]
    : []
}

function schedule(body: MailBody, now: Date): ApiError[] {
  const latest = (now.getTime() + MAX_SCHEDULE_MS) / 1000
  const times = [body.send_at, ...body.personalizations.map((each) => each.send_at)]
  return times.some((time) => time !== undefined && time > latest)
    ? [error('send_at', 'Scheduling more than 72 hours in advance is forbidden.')]
    : []
}

function error(field: string, message: string): ApiError {
  const topic = field.split('.')[0]
  return {
    message,
    field,
    help: `http://sendgrid.com/docs/API_Reference/Web_API_v3/Mail/errors.html#message.${topic}`,
  }
}
