// The three mails to someone who left a checkout: help, an open ear, and an honest end.
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { newDesign } from '#app/messages/design/new-design.ts'

export type AbandonedCheckoutMail = 'reminder' | 'reassurance' | 'last-note'

const about = 'checkout' as const
const greeting = {
  kind: 'text',
  text: 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},',
} as const
const items = { kind: 'items', of: about } as const
const backToCheckout = { kind: 'button', label: 'Back to your checkout', url: '{{ checkout.url }}' } as const

export const abandonedCheckoutMails: Record<AbandonedCheckoutMail, MailDesign> = {
  reminder: newDesign({
    about,
    subject: 'You left your checkout at {{ shop.name }} open',
    previewText: 'Here is the way back, and what you chose.',
    blocks: [
      { kind: 'heading', text: 'Pick up where you left off' },
      greeting,
      {
        kind: 'text',
        text: 'You were about to order from us and didn’t get to the end. That happens: a phone rings, a page won’t load. Here is what you chose, and the way back.',
      },
      items,
      backToCheckout,
      {
        kind: 'text',
        tone: 'quiet',
        text: 'Did something not work? Reply to this mail and tell us what happened, so that we can help.',
      },
    ],
  }),

  reassurance: newDesign({
    about,
    subject: 'Any questions before you decide?',
    previewText: 'Ask us anything about what you chose. A reply is enough.',
    blocks: [
      { kind: 'heading', text: 'Is something still open?' },
      greeting,
      {
        kind: 'text',
        text: 'The other day you got as far as the checkout. If a question kept you from ordering, about the size, the material, delivery or anything else, just reply to this mail. Your reply reaches us directly.',
      },
      { kind: 'text', text: 'And if you only ran out of time, here is what you chose:' },
      items,
      backToCheckout,
    ],
  }),

  'last-note': newDesign({
    about,
    subject: 'A last note about your checkout',
    previewText: 'After this one we’ll leave it be.',
    blocks: [
      { kind: 'heading', text: 'The last we’ll say about it' },
      greeting,
      {
        kind: 'text',
        text: 'A few days ago you nearly ordered from us. We don’t want to nag, so this is our last mail about this checkout.',
      },
      { kind: 'text', text: 'If you’d still like what you chose, this takes you back:' },
      items,
      backToCheckout,
      { kind: 'text', tone: 'quiet', text: 'Changed your mind? That’s fine, there’s nothing you need to do.' },
    ],
  }),
}
