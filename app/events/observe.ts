// Turns one delivery, whoever sent it, into what it says: a pure function, the same today and in a replay.
import { assertNever } from '#app/lib/errors.ts'
import type { Observation } from './observation.ts'
import { readJson } from './sources/read-json.ts'
import { observeSendGridEvent } from './sources/sendgrid/observe-event.ts'
import { isShopifyTopic, shopifyTopics } from './sources/shopify/topics.ts'
import { isSyncTopic, syncTopics } from './sources/sync/topics.ts'
import { isTernTopic, ternTopics } from './sources/tern/topics.ts'
import { UnreadablePayloadError } from './unreadable-payload.ts'

export { UnreadablePayloadError }

/** Who tells Tern something. `tern` is Tern itself, for what a merchant or a shopper does on its own pages. */
export type Source = 'shopify' | 'sendgrid' | 'sync' | 'tern'

export interface Observable {
  source: Source
  topic: string
  body: string
  triggeredAt: Date | null
  receivedAt: Date
  /** The shop's. */
  currency: string
}

/**
 * What `delivery` says.
 * @throws UnreadablePayloadError with a short reason, free of personal data: the delivery has to be set aside
 */
export function observe(delivery: Observable): Observation {
  const { source, topic, currency } = delivery
  const told = { topic, at: delivery.triggeredAt ?? delivery.receivedAt, currency }
  switch (source) {
    case 'shopify':
      if (!isShopifyTopic(topic)) throw unknownTopic(delivery)
      return shopifyTopics[topic](readJson(delivery.body), told)
    case 'sendgrid':
      return observeSendGridEvent(readJson(delivery.body), told)
    case 'sync':
      if (!isSyncTopic(topic)) throw unknownTopic(delivery)
      return syncTopics[topic](readJson(delivery.body), told)
    case 'tern':
      if (!isTernTopic(topic)) throw unknownTopic(delivery)
      return ternTopics[topic](readJson(delivery.body), told)
    default:
      return assertNever(source)
  }
}

const unknownTopic = ({ source, topic }: Observable) => new UnreadablePayloadError(`unknown topic: ${source} ${topic}`)
