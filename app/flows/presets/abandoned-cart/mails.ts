// The two mails to someone who filled a cart and left: a quiet reminder, and an offer to help.
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { newDesign } from '#app/messages/design/new-design.ts'

export type AbandonedCartMail = 'still-there' | 'can-we-help'

const about = 'cart' as const
const greeting = {
  kind: 'text',
  text: 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},',
} as const
const items = { kind: 'items', of: about } as const
const toCart = { kind: 'button', label: 'See your cart', url: '{{ cart.url }}' } as const

export const abandonedCartMails: Record<AbandonedCartMail, MailDesign> = {
  'still-there': newDesign({
    about,
    subject: 'Your cart at {{ shop.name }} is still here',
    previewText: 'In case you’d like to have another look.',
    blocks: [
      { kind: 'heading', text: 'In case you’d like another look' },
      greeting,
      {
        kind: 'text',
        text: 'You filled a cart at {{ shop.name }} earlier. If you’re still thinking it over, here’s a reminder:',
      },
      items,
      toCart,
    ],
  }),

  'can-we-help': newDesign({
    about,
    subject: 'Can we help you choose?',
    previewText: 'Tell us what you’re looking for. A reply is enough.',
    blocks: [
      { kind: 'heading', text: 'Can we help?' },
      greeting,
      {
        kind: 'text',
        text: 'Choosing from a picture isn’t easy. If you wonder whether something fits, how it feels or which one to take, reply to this mail and ask. We’re glad to help.',
      },
      { kind: 'text', text: 'This is what you had in your cart:' },
      items,
      toCart,
      {
        kind: 'text',
        tone: 'quiet',
        text: 'If it wasn’t for you, that’s fine too. We won’t write about this cart again.',
      },
    ],
  }),
}
