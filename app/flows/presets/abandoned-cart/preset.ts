// Asks people whom the shop knows about a cart that they filled and left before any checkout.
import type { Preset } from '#app/flows/presets/preset.ts'
import { type AbandonedCartMail, abandonedCartMails } from './mails.ts'

export const abandonedCart: Preset<AbandonedCartMail> = {
  name: 'Abandoned cart',
  description:
    'Writes to known people who filled a cart and left without a checkout: after four hours and after a day, counted from their last change. It ends at once when they begin a checkout, order or empty the cart, and comes at most once a week.',
  priority: 20,
  mails: abandonedCartMails,
  define: (templates) => ({
    trigger: { kind: 'cart-updated' },
    entry: {
      all: [
        { kind: 'cart-has-items' },
        { not: { kind: 'checkout-open', which: 'subject' } },
        { not: { kind: 'in-flow', flow: 'abandoned-checkout', is: 'now' } },
      ],
    },
    filter: { all: [{ kind: 'cart-has-items' }, { not: { kind: 'checkout-open', which: 'subject' } }] },
    reentry: { afterDays: 7 },
    newestOnly: true,
    exits: [
      { on: 'checkout_started', match: 'subject', reason: 'checkout_started' },
      { on: 'checkout_started', match: 'profile', reason: 'checkout_started' },
      { on: 'order_placed', match: 'subject', reason: 'ordered' },
      { on: 'order_placed', match: 'profile', reason: 'ordered' },
      { on: 'cart_emptied', match: 'subject', reason: 'cart_emptied' },
    ],
    start: 'first-wait',
    steps: {
      'first-wait': { kind: 'wait', duration: { hours: 4 }, next: 'still-there' },
      'still-there': {
        kind: 'send-email',
        template: templates['still-there'],
        class: 'marketing',
        next: 'second-wait',
      },
      'second-wait': { kind: 'wait', duration: { hours: 20 }, next: 'can-we-help' },
      'can-we-help': { kind: 'send-email', template: templates['can-we-help'], class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  }),
}
