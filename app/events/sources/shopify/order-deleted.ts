// orders/delete: a merchant deleted an order; only its number is left.
import { z } from 'zod'
import { gidOf, recordId } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

export const orderDeleted = topic(z.object(recordId('Order')), (payload, { at }) => ({
  orderDeleted: { orderId: gidOf(payload), at },
  events: [],
}))
