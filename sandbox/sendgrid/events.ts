// Builds the event webhook's JSON objects, field by field as SendGrid sends them.
import { assertNever } from '#app/lib/errors.ts'
import type { Delivery, Occurrence } from './delivery.ts'
import type { SendGridEvent } from './model.ts'
import { derivedId } from './random.ts'

const SERVER_IP = '198.51.100.25'
const RECIPIENT_IP = '203.0.113.7'
const PERSON =
  'Mozilla/5.0 (iPhone; CPU iPhone OS 18_3 like Mac OS X) AppleWebKit/605.1.15 (KHTML, like Gecko) Mobile/15E148'
const MACHINE = 'Mozilla/5.0'

/** The event that reports `occurrence` of `delivery` at `at`; its id is the same in every run. */
export function sendGridEvent(delivery: Delivery, occurrence: Occurrence, at: Date): SendGridEvent {
  const number = delivery.eventCount++
  const name = `${occurrence.event}-${number}-${delivery.requestId}-${delivery.recipient}`
  return {
    ...delivery.customArgs,
    ...(delivery.categories.length > 0 ? { category: delivery.categories } : {}),
    email: delivery.email,
    timestamp: Math.floor(at.getTime() / 1000),
    event: occurrence.event,
    sg_event_id: Buffer.from(name).toString('base64url'),
    sg_message_id: sgMessageId(delivery),
    ...details(delivery, occurrence, number, at),
  }
}

/** `X-Message-Id`, a dot, and where inside SendGrid the mail went. */
export function sgMessageId({ requestId, recipient, startsAt }: Delivery): string {
  const pod = derivedId(requestId, 5).toLowerCase().replace(/[-_]/g, 'x')
  const second = Math.floor(startsAt.getTime() / 1000)
  return `${requestId}.recvd-85abf8d92c-${pod}-1-${second.toString(16).toUpperCase()}-${recipient.toString(16)}.0`
}

function details(delivery: Delivery, occurrence: Occurrence, number: number, at: Date): Record<string, unknown> {
  const smtp = { 'smtp-id': `<${delivery.requestId}@geopod-ismtpd-1>` }
  switch (occurrence.event) {
    case 'processed':
      return { ...smtp, send_at: 0 }
    case 'deferred':
      return { ...smtp, response: occurrence.response, attempt: String(number), ip: SERVER_IP, tls: 1 }
    case 'delivered':
      return { ...smtp, response: '250 2.0.0 OK', ip: SERVER_IP, tls: 1 }
    case 'bounce': {
      const { reason, status, type } = occurrence
      const bounce_classification = type === 'bounce' ? 'Invalid Address' : 'Reputation'
      return { ...smtp, reason, status, type, bounce_classification, ip: SERVER_IP, tls: 1 }
    }
    case 'dropped':
      return { ...smtp, reason: occurrence.reason }
    case 'open': {
      const useragent = occurrence.isMachine ? MACHINE : PERSON
      return { sg_machine_open: occurrence.isMachine, sg_content_type: 'html', ip: RECIPIENT_IP, useragent }
    }
    case 'click':
      return { url: occurrence.url, url_offset: { index: 0, type: 'html' }, ip: RECIPIENT_IP, useragent: PERSON }
    case 'spamreport':
      return {}
    case 'unsubscribe':
      return { ip: RECIPIENT_IP, useragent: PERSON, date: at.toISOString() }
    default:
      return assertNever(occurrence)
  }
}
