// POST /webhooks/shopify and /webhooks/compliance: verified, kept, answered; what it means is worked out later.
import type { IncomingMessage } from 'node:http'
import type { Collector } from '#app/events/collector.server.ts'
import type { Acceptance, Delivery } from '#app/events/inbox.server.ts'
import { isComplianceTopic, isShopifyTopic } from '#app/events/sources/shopify/topics.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import type { BodyReader } from './body-reader.server.ts'
import { type Answer, answer, comeAgain, type Endpoint, forged, header, unsigned } from './endpoint.server.ts'
import type { IntakeCounters, IntakeResult } from './intake-counters.server.ts'
import { looksShopifySigned, type ShopifyVerifier } from './shopify-signature.server.ts'

export interface ShopifyWebhookDeps {
  directory: ShopDirectory
  collector: Collector
  bodies: BodyReader
  isSigned: ShopifyVerifier
  counters: IntakeCounters
  log: Log
  maxBytes: number
}

/** One endpoint for every topic: the topic is in a header, and the law's topics differ only in what they may lack. */
export function shopifyWebhook(deps: ShopifyWebhookDeps): Endpoint {
  const { bodies, isSigned, counters, maxBytes } = deps
  const refuse = (result: IntakeResult, refusal: Answer) => {
    counters.count('shopify', result)
    return refusal
  }
  return {
    methods: ['POST'],
    async answer(request) {
      const signature = header(request, 'x-shopify-hmac-sha256')
      if (!looksShopifySigned(signature)) return refuse('forged', unsigned(request))
      const body = await bodies.read(request, maxBytes)
      if (body.kind === 'too_large') return refuse('too_large', answer(413, `More than ${maxBytes} bytes`))
      if (body.kind !== 'body') return refuse(body.kind, comeAgain)
      if (!isSigned(body.bytes, signature)) return refuse('forged', forged)
      const sent = readHeaders(request)
      if (typeof sent === 'string') return refuse('malformed', answer(400, `Header missing or too long: ${sent}`))
      return keep(deps, sent, body.bytes)
    },
  }
}

// From here on it is Shopify who speaks. It repeats whatever is not answered with 2xx eight times and warns the
// developer, so what can never be of use (a shop or a topic that Tern does not know) is answered 200, counted and let
// go. The body is not parsed: one that isn't JSON is kept like any other, and set aside where a human sees it.
async function keep(deps: ShopifyWebhookDeps, sent: SentHeaders, body: Buffer): Promise<Answer> {
  const { directory, collector, counters, log } = deps
  const { topic, domain, deliveryId, triggeredAt } = sent
  const letGo = (result: IntakeResult) => {
    counters.count('shopify', result)
    log.info({ event: 'webhook.let_go', result, topic, shop: domain }, 'a webhook that Tern has no use for')
    return answer(200, 'Not needed')
  }
  if (!isShopifyTopic(topic)) return letGo('unknown_topic')
  const shop = await directory.byDomain(domain)
  if (!shop) return letGo('unknown_shop')
  // Everything of a redacted shop is erased for good. One that has merely uninstalled can still be asked to erase.
  if (shop.state === 'redacted') return letGo('redacted_shop')
  const delivery: Delivery = { shopId: shop.shopId, source: 'shopify', topic, deliveryId, triggeredAt, body }
  const [acceptance] = await collector.accept([delivery])
  counters.count('shopify', acceptance!)
  return acceptedAnswers[acceptance!]
}

const acceptedAnswers: Record<Acceptance, Answer> = {
  accepted: answer(200, 'Kept'),
  duplicate: answer(200, 'Known already'),
}

interface SentHeaders {
  topic: string
  domain: string
  deliveryId: string
  triggeredAt: Date | null
}

/** Longer than any that Shopify sends, and short enough for an index. */
const longestHeader = 255

/** The headers, or the name of the one that is missing or unusable. */
function readHeaders(request: IncomingMessage): SentHeaders | string {
  const sent = (name: string) => {
    const value = header(request, name)
    return value && value.length <= longestHeader ? value : null
  }
  const topic = sent('x-shopify-topic')?.toLowerCase()
  if (!topic) return 'X-Shopify-Topic'
  const domain = sent('x-shopify-shop-domain')?.toLowerCase()
  if (!domain) return 'X-Shopify-Shop-Domain'
  const deliveryId = sent('x-shopify-webhook-id')
  if (!deliveryId) return 'X-Shopify-Webhook-Id'
  // Shopify has sent compliance topics without it.
  if (!sent('x-shopify-api-version') && !isComplianceTopic(topic)) return 'X-Shopify-API-Version'
  return { topic, domain, deliveryId, triggeredAt: readTime(sent('x-shopify-triggered-at')) }
}

function readTime(text: string | null): Date | null {
  const time = text ? new Date(text) : null
  return time && !Number.isNaN(time.getTime()) ? time : null
}
