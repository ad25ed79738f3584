// Reminds people of a checkout that they began and did not finish.
import type { Preset } from '#app/flows/presets/preset.ts'
import { type AbandonedCheckoutMail, abandonedCheckoutMails } from './mails.ts'

export const abandonedCheckout: Preset<AbandonedCheckoutMail> = {
  name: 'Abandoned checkout',
  description:
    'Writes to people who began a checkout and left: after an hour, a day and three days, counted from their last move in it. It ends at once when they order anything, empty the cart, begin another checkout or unsubscribe.',
  priority: 10,
  mails: abandonedCheckoutMails,
  define: (templates) => ({
    trigger: { kind: 'checkout-started' },
    entry: { all: [{ kind: 'checkout-open', which: 'subject' }, { kind: 'cart-has-items' }] },
    filter: { all: [{ kind: 'checkout-open', which: 'subject' }, { kind: 'cart-has-items' }] },
    reentry: 'always',
    newestOnly: true,
    exits: [
      { on: 'order_placed', match: 'subject', reason: 'ordered' },
      { on: 'order_placed', match: 'profile', reason: 'ordered' },
      { on: 'cart_emptied', match: 'subject', reason: 'cart_emptied' },
    ],
    start: 'first-wait',
    steps: {
      'first-wait': { kind: 'wait', duration: { hours: 1 }, next: 'reminder' },
      reminder: { kind: 'send-email', template: templates.reminder, class: 'marketing', next: 'second-wait' },
      'second-wait': { kind: 'wait', duration: { hours: 23 }, next: 'reassurance' },
      reassurance: { kind: 'send-email', template: templates.reassurance, class: 'marketing', next: 'third-wait' },
      'third-wait': { kind: 'wait', duration: { days: 2 }, next: 'last-note' },
      'last-note': { kind: 'send-email', template: templates['last-note'], class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  }),
}
