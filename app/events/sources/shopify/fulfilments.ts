// fulfillments/*: that (a part of) an order was shipped and, when the carrier reports it, that it arrived.
import { z } from 'zod'
import type { FulfilmentState, Observation } from '#app/events/observation.ts'
import { gidOf, id, optionalTime, recordId, text } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'
import type { ShopEvent } from '#app/events/vocabulary.ts'

const fulfilment = z.object({
  ...recordId('Fulfillment'),
  order_id: id('Order'),
  status: text,
  shipment_status: text,
  created_at: optionalTime,
  updated_at: optionalTime,
})

export const fulfilments = topic(fulfilment, (payload, told): Observation => {
  const updatedAt = payload.updated_at ?? told.at
  const state: FulfilmentState = {
    fulfilmentId: gidOf(payload),
    orderId: payload.order_id,
    status: payload.status,
    shippedAt: payload.created_at ?? updatedAt,
    deliveredAt: payload.shipment_status === 'delivered' ? updatedAt : null,
    updatedAt,
  }
  return { fulfilment: state, events: deliveryEvents(state) }
})

/** An order that comes in several parcels is delivered several times. */
export function deliveryEvents({ orderId, fulfilmentId, deliveredAt }: FulfilmentState): ShopEvent[] {
  if (!deliveredAt) return []
  return [{ type: 'order_delivered', subjects: [`order:${orderId}`], occurredAt: deliveredAt, props: { fulfilmentId } }]
}
