// customer.tags_added and customer.tags_removed: what a merchant or another app noted of a customer.
import { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import { id, listOf, optionalTime } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

const tagChange = z.object({ customerId: id('Customer'), tags: listOf(z.string().max(255)), occurredAt: optionalTime })

export const tagsAdded = topic(tagChange, (payload, told) => tagged(payload, told.at, 'tags_added'))
export const tagsRemoved = topic(tagChange, (payload, told) => tagged(payload, told.at, 'tags_removed'))

function tagged(change: z.infer<typeof tagChange>, toldAt: Date, type: 'tags_added' | 'tags_removed'): Observation {
  const { customerId, tags } = change
  const at = change.occurredAt ?? toldAt
  return {
    identity: { customerId },
    tags: type === 'tags_added' ? { add: tags, at } : { remove: tags, at },
    events: [{ type, subjects: ['profile'], occurredAt: at, props: { tags } }],
  }
}
