// POST /webhooks/sendgrid: a signed batch of what became of mails, each event for the shop whose mail it was.
import type { Collector } from '#app/events/collector.server.ts'
import type { Delivery } from '#app/events/inbox.server.ts'
import { type SendGridEvent, splitBatch } from '#app/events/sources/sendgrid/split-batch.ts'
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import type { BodyReader } from './body-reader.server.ts'
import { type Answer, answer, comeAgain, type Endpoint, forged, header, unsigned } from './endpoint.server.ts'
import type { IntakeCounters, IntakeResult } from './intake-counters.server.ts'
import type { FindScope, SendGridScope } from './sendgrid-scope.server.ts'
import { looksSendGridSigned } from './sendgrid-signature.server.ts'

export interface SendGridWebhookDeps {
  directory: ShopDirectory
  collector: Collector
  bodies: BodyReader
  findScope: FindScope
  counters: IntakeCounters
  log: Log
  maxBytes: number
}

export function sendGridWebhook(deps: SendGridWebhookDeps): Endpoint {
  const { bodies, findScope, counters, maxBytes } = deps
  const refuse = (result: IntakeResult, refusal: Answer) => {
    counters.count('sendgrid', result)
    return refusal
  }
  return {
    methods: ['POST'],
    async answer(request) {
      const signature = header(request, 'x-twilio-email-event-webhook-signature') ?? ''
      const timestamp = header(request, 'x-twilio-email-event-webhook-timestamp') ?? ''
      if (!looksSendGridSigned(signature, timestamp)) return refuse('forged', unsigned(request))
      const body = await bodies.read(request, maxBytes)
      if (body.kind === 'too_large') return refuse('too_large', answer(413, `More than ${maxBytes} bytes`))
      if (body.kind !== 'body') return refuse(body.kind, comeAgain)
      const scope = await findScope(request)
      if (!scope.isSigned(body.bytes, timestamp, signature)) return refuse('forged', forged)
      const events = eventsOf(body.bytes)
      if (!events) return refuse('malformed', answer(400, 'Not a list of events'))
      return keep(deps, scope, events)
    },
  }
}

/** Null for what is no batch: nobody could say which shop it is for, so it can be neither kept nor shown. */
function eventsOf(body: Buffer): SendGridEvent[] | null {
  try {
    return splitBatch(body)
  } catch (error) {
    if (error instanceof UnreadablePayloadError) return null
    throw error
  }
}

/** One outcome per event: that one of them belongs to nobody changes nothing for the others. */
async function keep(deps: SendGridWebhookDeps, scope: SendGridScope, events: SendGridEvent[]) {
  const { directory, collector, counters, log } = deps
  const deliveries: Delivery[] = []
  for (const { tenant, kind, eventId, at, body } of events) {
    const shop = tenant === null || !scope.covers(tenant) ? null : await directory.byPublicId(tenant)
    if (shop && shop.state !== 'redacted')
      deliveries.push({
        shopId: shop.shopId,
        source: 'sendgrid',
        topic: kind,
        deliveryId: eventId,
        triggeredAt: at,
        body,
      })
    else counters.count('sendgrid', shop ? 'redacted_shop' : 'unknown_shop')
  }
  const letGo = events.length - deliveries.length
  if (letGo > 0) log.info({ event: 'mail_events.let_go', count: letGo }, 'events of mails that no shop of ours sent')
  const acceptances = await collector.accept(deliveries)
  for (const acceptance of acceptances) counters.count('sendgrid', acceptance)
  return answer(200, `Kept ${deliveries.length} of ${events.length}`)
}
