// Welcomes people who subscribe, and tells them over a week what the shop is about.
import type { Preset } from '#app/flows/presets/preset.ts'
import { type WelcomeMail, welcomeMails } from './mails.ts'

export const welcome: Preset<WelcomeMail> = {
  name: 'Welcome',
  description:
    'Greets new subscribers at once and introduces the shop in three more mails, after two, four and seven days. Whoever has bought before gets the greeting only, and an order ends it. Nobody gets it twice.',
  priority: 60,
  mails: welcomeMails,
  define: (templates) => ({
    trigger: { kind: 'subscribed' },
    entry: null,
    filter: null,
    reentry: 'never',
    exits: [{ on: 'order_placed', match: 'profile', reason: 'ordered' }],
    start: 'hello',
    steps: {
      hello: { kind: 'send-email', template: templates.hello, class: 'marketing', next: 'knows-us' },
      'knows-us': {
        kind: 'branch',
        condition: { kind: 'order-count', count: { is: 'at-least', times: 1 } },
        yes: 'done',
        no: 'first-wait',
      },
      'first-wait': { kind: 'wait', duration: { days: 2 }, next: 'story' },
      story: { kind: 'send-email', template: templates.story, class: 'marketing', next: 'second-wait' },
      'second-wait': { kind: 'wait', duration: { days: 2 }, next: 'favourites' },
      favourites: { kind: 'send-email', template: templates.favourites, class: 'marketing', next: 'third-wait' },
      'third-wait': { kind: 'wait', duration: { days: 3 }, next: 'questions' },
      questions: { kind: 'send-email', template: templates.questions, class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  }),
}
