// The words for what happens in a shop. Every source speaks in these; flows, segments and reports listen for them.

export const eventTypes = [
  'cart_updated',
  'cart_emptied',
  'checkout_started',
  'checkout_updated',
  'order_placed',
  'order_paid',
  'order_fulfilled',
  'order_delivered',
  'order_cancelled',
  'order_refunded',
  'customer_created',
  'subscribed',
  'unsubscribed',
  'tags_added',
  'tags_removed',
  'message_processed',
  'message_delivered',
  'message_deferred',
  'message_opened',
  'message_machine_opened',
  'message_clicked',
  'message_bounced',
  'message_blocked',
  'message_dropped',
  'message_complained',
  'message_unsubscribed',
] as const

export type EventType = (typeof eventTypes)[number]

/**
 * What an event, a message or an enrolment is about: one cart, checkout, order or message, or the profile itself.
 * The prefix keeps tokens of different kinds apart.
 */
export type Subject = `cart:${string}` | `checkout:${string}` | `order:${string}` | `message:${string}` | 'profile'

/** Something that happened, in Tern's words, not yet tied to a profile. */
export interface ShopEvent {
  type: EventType
  /** The thing it is about first, then everything that is known to be the same purchase (its cart, its checkout). */
  subjects: Subject[]
  /** The source's time, not ours. */
  occurredAt: Date
  valueMinor?: number
  currency?: string
  /** Small and flat: what filters and explanations read. Never a personal detail. */
  props: Record<string, string | number | boolean | null | string[]>
}
