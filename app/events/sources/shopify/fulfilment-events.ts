// fulfillment_events/create: a carrier's news of a parcel, of which only its arrival matters.
import { z } from 'zod'
import type { FulfilmentState, Observation } from '#app/events/observation.ts'
import { id, optionalTime, text } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'
import { deliveryEvents } from './fulfilments.ts'

const fulfilmentEvent = z.object({
  fulfillment_id: id('Fulfillment'),
  order_id: id('Order'),
  status: text,
  happened_at: optionalTime,
  updated_at: optionalTime,
})

export const fulfilmentEvents = topic(fulfilmentEvent, (payload, { at }): Observation => {
  if (payload.status !== 'delivered') return { events: [] }
  const deliveredAt = payload.happened_at ?? at
  const state: FulfilmentState = {
    fulfilmentId: payload.fulfillment_id,
    orderId: payload.order_id,
    status: null,
    shippedAt: deliveredAt,
    deliveredAt,
    updatedAt: payload.updated_at ?? at,
  }
  return { fulfilment: state, events: deliveryEvents(state) }
})
