// Thanks for each order, and asks for a review once it has been in use for a while.
import type { Preset } from '#app/flows/presets/preset.ts'
import { type PostPurchaseMail, postPurchaseMails } from './mails.ts'

export const postPurchase: Preset<PostPurchaseMail> = {
  name: 'After a purchase',
  description:
    'Thanks for each paid order a day later, new customers and returning ones in different words. Ten days after delivery it asks for a review; when no delivery is reported, two weeks after shipping. It ends when the order is cancelled or refunded.',
  priority: 70,
  mails: postPurchaseMails,
  define: (templates) => ({
    trigger: { kind: 'order-paid' },
    entry: null,
    filter: null,
    reentry: 'always',
    exits: [
      { on: 'order_cancelled', match: 'subject', reason: 'order_cancelled' },
      { on: 'order_refunded', match: 'subject', reason: 'order_refunded', onlyWhole: true },
    ],
    start: 'settle',
    steps: {
      settle: { kind: 'wait', duration: { days: 1 }, next: 'first-order' },
      'first-order': {
        kind: 'branch',
        // The order itself is one of those before the entry.
        condition: { kind: 'order-count', count: { is: 'at-most', times: 1 }, window: { kind: 'before-entry' } },
        yes: 'thank-you-first',
        no: 'thank-you-returning',
      },
      'thank-you-first': {
        kind: 'send-email',
        template: templates['thank-you-first'],
        class: 'marketing',
        next: 'shipped',
      },
      'thank-you-returning': {
        kind: 'send-email',
        template: templates['thank-you-returning'],
        class: 'marketing',
        next: 'shipped',
      },
      shipped: {
        kind: 'wait-for-event',
        type: 'order_fulfilled',
        match: 'subject',
        counts: 'ever',
        timeout: { days: 60 },
        onEvent: 'delivered',
        onTimeout: 'done',
      },
      delivered: {
        kind: 'wait-for-event',
        type: 'order_delivered',
        match: 'subject',
        counts: 'ever',
        timeout: { days: 14 },
        timeoutSince: { event: 'shipped' },
        onEvent: 'in-use',
        onTimeout: 'review-request',
      },
      'in-use': { kind: 'wait', duration: { days: 10 }, since: { event: 'delivered' }, next: 'review-request' },
      'review-request': {
        kind: 'send-email',
        template: templates['review-request'],
        class: 'marketing',
        next: 'done',
      },
      done: { kind: 'end' },
    },
  }),
}
