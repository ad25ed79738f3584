// products/delete: a product is no longer sold; only its number is left.
import { z } from 'zod'
import { gidOf, recordId } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

export const productDeleted = topic(z.object(recordId('Product')), (payload, { at }) => ({
  productDeleted: { productId: gidOf(payload), at },
  events: [],
}))
