// Delivers webhooks by Shopify's contract: signed raw bytes, at least once, retried with the original payload and id.
import { invariant } from '#app/lib/errors.ts'
import type { ShopifyContext } from '../context.ts'
import { poster } from './poster.ts'
import { retryQueue } from './retry-queue.ts'
import { webhookSignature } from './signature.ts'

export interface DeliveryOptions {
  triggeredAt?: Date
  webhookId?: string
  eventId?: string
  /** Sends the same delivery twice. */
  duplicate?: boolean
  /** Signs with another secret: a forgery, which nobody sends again. */
  signWith?: string
  /** Headers to replace; null leaves one out. */
  headers?: Record<string, string | null>
}

export interface DeliveryResult {
  result: 'accepted' | 'rejected' | 'not-subscribed'
  status: number | null
  webhookId: string | null
}

export interface TopicCounts {
  /** Requests made, repeats and retries included. */
  sent: number
  accepted: number
  rejected: number
}

export interface DeliveryCounts extends TopicCounts {
  duplicates: number
  retries: number
  /** Failed for good, after the last retry. */
  givenUp: number
  /** Waiting for a retry now. */
  waiting: number
  byTopic: Record<string, TopicCounts>
}

export interface Deliveries {
  deliver(topic: string, body: string | object, options?: DeliveryOptions): Promise<DeliveryResult>
  retryDue(): Promise<number>
  nextRetryAt(): Date | null
  counts(): DeliveryCounts
  close(): void
}

interface Delivery {
  topic: string
  url: URL
  body: Buffer
  headers: Record<string, string>
  webhookId: string
  isForged: boolean
}

const timeoutMs = 5000

export function deliveries(context: ShopifyContext): Deliveries {
  const { post, close } = poster(timeoutMs)
  const retries = retryQueue<Delivery>()
  const totals = { sent: 0, accepted: 0, rejected: 0, duplicates: 0, retries: 0, givenUp: 0 }
  const byTopic = new Map<string, TopicCounts>()

  function count(topic: string, isAccepted: boolean) {
    const counts = byTopic.get(topic) ?? { sent: 0, accepted: 0, rejected: 0 }
    byTopic.set(topic, counts)
    for (const tally of [totals, counts]) {
      tally.sent += 1
      if (isAccepted) tally.accepted += 1
      else tally.rejected += 1
    }
  }

  async function attempt(delivery: Delivery, failuresBefore: number): Promise<number | null> {
    const status = await post(delivery.url, delivery.headers, delivery.body)
    const isAccepted = status !== null && status >= 200 && status < 300
    count(delivery.topic, isAccepted)
    if (isAccepted || delivery.isForged) return status
    if (!retries.add(delivery, failuresBefore + 1, context.clock.now())) totals.givenUp += 1
    return status
  }

  return {
    async deliver(topic, body, options = {}) {
      const delivery = prepare(context, topic, body, options)
      if (!delivery) return { result: 'not-subscribed', status: null, webhookId: null }
      const first = attempt(delivery, 0)
      if (options.duplicate) {
        totals.duplicates += 1
        await Promise.all([first, attempt(delivery, 0)])
      }
      const status = await first
      const isAccepted = status !== null && status >= 200 && status < 300
      return { result: isAccepted ? 'accepted' : 'rejected', status, webhookId: delivery.webhookId }
    },
    async retryDue() {
      const due = retries.takeDue(context.clock.now())
      totals.retries += due.length
      await Promise.all(due.map(({ item, failures }) => attempt(item, failures)))
      return due.length
    },
    nextRetryAt: retries.nextAt,
    counts: () => ({ ...totals, waiting: retries.size(), byTopic: Object.fromEntries(byTopic) }),
    close,
  }
}

/** The delivery as it will be sent, or null when the app would not get one. */
function prepare(
  context: ShopifyContext,
  topic: string,
  body: string | object,
  options: DeliveryOptions,
): Delivery | null {
  const { app, appUrl, apiSecret, ids, installation } = context
  const subscription = app.subscriptions.get(topic)
  const outlivesInstallation = topic === 'app/uninstalled' || app.complianceTopics.has(topic)
  if (!subscription || !(installation.isInstalled || outlivesInstallation)) return null
  const url = new URL(subscription.uri, appUrl)
  invariant(url.protocol === 'http:', `the stand-in delivers over http, but ${topic} goes to ${url.href}`)
  const bytes = Buffer.from(typeof body === 'string' ? body : JSON.stringify(body))
  const webhookId = options.webhookId ?? ids.uuid('webhook')
  const headers: Record<string, string> = {
    'content-type': 'application/json',
    'user-agent': 'Shopify-Captain-Hook',
    'x-shopify-topic': topic,
    'x-shopify-shop-domain': context.store.shop.domain,
    'x-shopify-api-version': app.apiVersion,
    'x-shopify-webhook-id': webhookId,
    'x-shopify-event-id': options.eventId ?? ids.uuid('event'),
    'x-shopify-triggered-at': (options.triggeredAt ?? context.clock.now()).toISOString(),
    'x-shopify-hmac-sha256': webhookSignature(bytes, options.signWith ?? apiSecret),
  }
  if (subscription.name) headers['x-shopify-name'] = subscription.name
  for (const [name, value] of Object.entries(options.headers ?? {})) {
    if (value === null) delete headers[name.toLowerCase()]
    else headers[name.toLowerCase()] = value
  }
  return { topic, url, body: bytes, headers, webhookId, isForged: options.signWith !== undefined }
}
