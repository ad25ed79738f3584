// Everything that can begin a flow. A new one is a folder and a line here.
import { z } from 'zod'
import type { TriggerKindModule } from '#app/flows/trigger-kind.ts'
import { absence } from './absence/absence.ts'
import { cartUpdated } from './cart-updated/cart-updated.ts'
import { checkoutStarted } from './checkout-started/checkout-started.ts'
import { orderDelivered } from './order-delivered/order-delivered.ts'
import { orderFulfilled } from './order-fulfilled/order-fulfilled.ts'
import { orderPaid } from './order-paid/order-paid.ts'
import { orderPlaced } from './order-placed/order-placed.ts'
import { subscribed } from './subscribed/subscribed.ts'

export const triggerKinds = {
  'checkout-started': checkoutStarted,
  'cart-updated': cartUpdated,
  subscribed,
  'order-placed': orderPlaced,
  'order-paid': orderPaid,
  'order-fulfilled': orderFulfilled,
  'order-delivered': orderDelivered,
  absence,
}

type TriggerKind = keyof typeof triggerKinds

export const triggerSchema = z.discriminatedUnion('kind', [
  checkoutStarted.schema,
  cartUpdated.schema,
  subscribed.schema,
  orderPlaced.schema,
  orderPaid.schema,
  orderFulfilled.schema,
  orderDelivered.schema,
  absence.schema,
])
export type Trigger = z.output<typeof triggerSchema>

// Methods may take a narrower parameter than their declaration says: each kind is only ever given its own triggers.
const modules: Record<TriggerKind & Trigger['kind'], TriggerKindModule<Trigger>> = triggerKinds

/** The kind of trigger that `trigger` is. */
export const kindOfTrigger = (trigger: Trigger): TriggerKindModule<Trigger> => modules[trigger.kind]
