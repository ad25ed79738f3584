// customers/merge: two customer records became one. It is also told of attempts that failed or are still running.
import { z } from 'zod'
import type { Observation } from '#app/events/observation.ts'
import { id, text } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

const merge = z.object({
  admin_graphql_api_customer_kept_id: id('Customer'),
  admin_graphql_api_customer_deleted_id: id('Customer'),
  status: text,
})

export const customerMerged = topic(merge, (payload, { at }): Observation => {
  if (payload.status?.toLowerCase() !== 'completed') return { events: [] }
  const keptId = payload.admin_graphql_api_customer_kept_id
  const mergedId = payload.admin_graphql_api_customer_deleted_id
  return { identity: { customerId: keptId }, customerMerged: { keptId, mergedId, at }, events: [] }
})
