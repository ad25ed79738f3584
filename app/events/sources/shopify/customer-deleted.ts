// customers/delete: the customer record is gone; the person may still be known by what they bought.
import { z } from 'zod'
import { gidOf, recordId } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

export const customerDeleted = topic(z.object(recordId('Customer')), (payload, { at }) => ({
  identity: { customerId: gidOf(payload) },
  customerDeleted: { customerId: gidOf(payload), at },
  events: [],
}))
