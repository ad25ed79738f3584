// Writes to customers who have not ordered for two months.
import type { Preset } from '#app/flows/presets/preset.ts'
import { type WinBackMail, winBackMails } from './mails.ts'

export const winBack: Preset<WinBackMail> = {
  name: 'Win back',
  description:
    'Writes to customers 60 days after their last order, and again ten and twenty days later. Any order ends it and starts the count anew.',
  priority: 80,
  mails: winBackMails,
  define: (templates) => ({
    trigger: { kind: 'absence', days: 60 },
    entry: { kind: 'order-count', count: { is: 'at-least', times: 1 } },
    filter: null,
    reentry: 'always',
    exits: [{ on: 'order_placed', match: 'profile', reason: 'ordered' }],
    start: 'whats-new',
    steps: {
      'whats-new': { kind: 'send-email', template: templates['whats-new'], class: 'marketing', next: 'first-wait' },
      'first-wait': { kind: 'wait', duration: { days: 10 }, next: 'worth-a-look' },
      'worth-a-look': {
        kind: 'send-email',
        template: templates['worth-a-look'],
        class: 'marketing',
        next: 'second-wait',
      },
      'second-wait': { kind: 'wait', duration: { days: 10 }, next: 'last-note' },
      'last-note': { kind: 'send-email', template: templates['last-note'], class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  }),
}
