// What one event of SendGrid's webhook says of one message of ours.
import { z } from 'zod'
import type { MessageFact, Observation } from '#app/events/observation.ts'
import { text } from '#app/events/sources/fields.ts'
import type { Told } from '#app/events/sources/topic.ts'
import { readPayload } from '#app/events/unreadable-payload.ts'

const sendGridEvent = z.object({
  event: z.string(),
  /** Ours: it went out with the mail as a custom argument. */
  message_id: z.uuid().nullish().catch(null),
  timestamp: z.number().nullish().catch(null),
  sg_message_id: text,
  sg_machine_open: z.boolean().nullish().catch(null),
  type: text,
  reason: text,
  response: text,
  url: text,
})

type SendGridEvent = z.infer<typeof sendGridEvent>

/** Events of mails that Tern did not send, and kinds that SendGrid invents later, say nothing. */
export function observeSendGridEvent(payload: unknown, told: Told): Observation {
  const event = readPayload(sendGridEvent, payload)
  const kind = kindOf(event)
  if (!event.message_id || !kind) return { events: [] }
  const message: MessageFact = {
    messageId: event.message_id.toLowerCase(),
    kind,
    at: told.at,
    reason: (event.reason ?? event.response)?.slice(0, 500) ?? null,
    url: withoutQuery(event.url),
    providerId: event.sg_message_id?.split('.')[0] ?? null,
  }
  const { reason, url } = message
  const props = { ...(kind === 'dropped' && reason && { reason }), ...(url && { url }) }
  return {
    message,
    events: [{ type: `message_${kind}`, subjects: [`message:${message.messageId}`], occurredAt: told.at, props }],
  }
}

function kindOf({ event, type, sg_machine_open }: SendGridEvent): MessageFact['kind'] | null {
  switch (event) {
    case 'processed':
    case 'deferred':
    case 'delivered':
    case 'dropped':
      return event
    case 'open':
      return sg_machine_open ? 'machine_opened' : 'opened'
    case 'click':
      return 'clicked'
    case 'bounce':
      return type === 'blocked' ? 'blocked' : 'bounced'
    case 'spamreport':
      return 'complained'
    case 'unsubscribe':
    case 'group_unsubscribe':
      return 'unsubscribed'
    default:
      return null
  }
}

/** A link's query holds the shopper's token, which nobody may read from an event. */
function withoutQuery(url: string | null) {
  return url?.split(/[?#]/)[0]?.slice(0, 500) ?? null
}
