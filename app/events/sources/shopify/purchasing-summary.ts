// customers/purchasing_summary: Shopify's own sums, of which nothing is kept: ours are computed from the orders.
import { z } from 'zod'
import { topic } from '#app/events/sources/topic.ts'

export const purchasingSummary = topic(z.object({}), () => ({ events: [] }))
