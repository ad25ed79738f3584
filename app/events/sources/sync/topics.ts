// What the sync feeds through the inbox: customers, orders and products as the Admin API tells them.
import type { TopicReader } from '#app/events/sources/topic.ts'
import { customers } from './customers.ts'
import { orders } from './orders.ts'
import { products } from './products.ts'

export const syncTopics = {
  customer: customers,
  order: orders,
  product: products,
} satisfies Record<string, TopicReader>

export type SyncTopic = keyof typeof syncTopics

export const isSyncTopic = (topic: string): topic is SyncTopic => Object.hasOwn(syncTopics, topic)
