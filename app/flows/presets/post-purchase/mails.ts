// The mails after an order: thanks for the first one, thanks for coming back, and the question how it is.
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { newDesign } from '#app/messages/design/new-design.ts'

export type PostPurchaseMail = 'thank-you-first' | 'thank-you-returning' | 'review-request'

const about = 'order' as const
const greeting = {
  kind: 'text',
  text: 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},',
} as const
const items = { kind: 'items', of: about, hasPrices: false } as const
const writeAboutOrder = 'mailto:{{ shop.email }}?subject=About%20my%20order%20{{ order.name | url_encode }}'

export const postPurchaseMails: Record<PostPurchaseMail, MailDesign> = {
  'thank-you-first': newDesign({
    about,
    subject: 'Thank you for your first order',
    previewText: 'You tried something new with us. We’re glad.',
    blocks: [
      { kind: 'heading', text: 'Thank you for trying us' },
      greeting,
      {
        kind: 'text',
        text: 'This was your first order with {{ shop.name }}. You gave a shop that you didn’t know a chance, and we’re grateful for it.\n\nWe hope that you’ll like what you chose:',
      },
      items,
      {
        kind: 'text',
        text: 'If anything isn’t as you expected, tell us first. Reply to this mail or write to us; with the order number {{ order.name }} we’ll know at once what it’s about.',
      },
      { kind: 'button', label: 'Write to us', url: writeAboutOrder },
    ],
  }),

  'thank-you-returning': newDesign({
    about,
    subject: 'Good to see you again{% if profile.first_name != blank %}, {{ profile.first_name }}{% endif %}',
    previewText: 'Thank you for coming back to us.',
    blocks: [
      { kind: 'heading', text: 'You came back' },
      greeting,
      {
        kind: 'text',
        text: 'Someone who orders a second, third or tenth time pays us the best compliment there is. Thank you for coming back to {{ shop.name }}.\n\nThis time you chose:',
      },
      items,
      {
        kind: 'text',
        text: 'You know us better than most by now. If there’s something that we should do better, or something that you miss in the shop, we’d like to hear it.',
      },
      { kind: 'button', label: 'Tell us', url: writeAboutOrder },
    ],
  }),

  'review-request': newDesign({
    about,
    subject: 'How do you like what you ordered?',
    previewText: 'Two honest sentences help us, and the next person who wonders.',
    blocks: [
      { kind: 'heading', text: 'How do you like what you chose?' },
      greeting,
      {
        kind: 'text',
        text: 'You’ve had a little time with your order by now. How is it in daily life? Two honest sentences are plenty, and a picture is welcome. What isn’t good helps us as much as what is.',
      },
      items,
      {
        kind: 'button',
        label: 'Tell us how it is',
        url: 'mailto:{{ shop.email }}?subject=How%20I%20like%20my%20order%20{{ order.name | url_encode }}',
      },
      {
        kind: 'text',
        tone: 'quiet',
        text: 'Hasn’t it arrived, or is something wrong with it? Then reply and tell us that instead.',
      },
    ],
  }),
}
