// How each event is spoken of: what the person has done or had done, and what a number of them is called.
import type { EventType } from '#app/events/vocabulary.ts'

interface EventWords {
  /** After "has": "placed an order". */
  did: string
  /** After a number: "orders placed". */
  things: string
}

export const eventWords = {
  cart_updated: { did: 'changed a cart', things: 'cart changes' },
  cart_emptied: { did: 'emptied a cart', things: 'carts emptied' },
  checkout_started: { did: 'started a checkout', things: 'checkouts started' },
  checkout_updated: { did: 'continued a checkout', things: 'checkout changes' },
  order_placed: { did: 'placed an order', things: 'orders placed' },
  order_paid: { did: 'paid for an order', things: 'orders paid' },
  order_fulfilled: { did: 'had an order shipped', things: 'orders shipped' },
  order_delivered: { did: 'had an order delivered', things: 'orders delivered' },
  order_cancelled: { did: 'had an order cancelled', things: 'orders cancelled' },
  order_refunded: { did: 'had an order refunded', things: 'refunds' },
  customer_created: { did: 'become a customer', things: 'customer records created' },
  subscribed: { did: 'subscribed', things: 'subscriptions' },
  unsubscribed: { did: 'unsubscribed', things: 'unsubscriptions' },
  tags_added: { did: 'been given a tag', things: 'times tags were added' },
  tags_removed: { did: 'lost a tag', things: 'times tags were removed' },
  message_processed: { did: 'been sent a mail', things: 'mails sent' },
  message_delivered: { did: 'received a mail', things: 'mails delivered' },
  message_deferred: { did: 'had a mail delayed by the mailbox', things: 'mails delayed' },
  message_opened: { did: 'opened a mail', things: 'mails opened' },
  message_machine_opened: { did: 'had a mail opened by a machine', things: 'mails opened by machines' },
  message_clicked: { did: 'clicked in a mail', things: 'clicks in mails' },
  message_bounced: { did: 'had a mail bounce', things: 'mails bounced' },
  message_blocked: { did: 'had a mail refused by the mailbox', things: 'mails refused' },
  message_dropped: { did: 'had a mail dropped before sending', things: 'mails dropped' },
  message_complained: { did: 'reported a mail as spam', things: 'spam reports' },
  message_unsubscribed: { did: 'unsubscribed through a mail', things: 'unsubscriptions through a mail' },
} as const satisfies Record<EventType, EventWords>
