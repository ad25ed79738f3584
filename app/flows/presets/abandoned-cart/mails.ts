// The two mails to someone who filled a cart and left: a quiet reminder, and an offer to help.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { button, greeting, heading, note, paragraph } from '#app/messages/templates/blocks.ts'
import { itemList, itemListText } from '#app/messages/templates/item-list.ts'
import { mail } from '#app/messages/templates/mail.ts'

export type AbandonedCartMail = 'still-there' | 'can-we-help'

const reason = 'You’re getting this because you put something in your cart at {{ shop.name }}.'
const toCart = button({ label: 'See your cart', url: '{{ cart.url }}' })
const things = '{% if cart.item_count == 1 %}something{% else %}a few things{% endif %}'

export const abandonedCartMails: Record<AbandonedCartMail, TemplateSource> = {
  'still-there': mail({
    subject: `You left ${things} in your cart`,
    previewText: 'In case you’d like to have another look.',
    reason,
    body: [
      heading('In case you’d like another look'),
      paragraph(greeting),
      paragraph(
        `You put ${things} in your cart at {{ shop.name }} earlier. If you’re still thinking it over, here’s a reminder:`,
      ),
      itemList('cart'),
      toCart,
    ],
    text: `${greeting}

You put ${things} in your cart at {{ shop.name }} earlier. If you’re still thinking it over, here’s a reminder:
${itemListText('cart')}

See your cart:
{{ cart.url }}`,
  }),

  'can-we-help': mail({
    subject: 'Can we help you choose?',
    previewText: 'Tell us what you’re looking for. A reply is enough.',
    reason,
    body: [
      heading('Can we help?'),
      paragraph(greeting),
      paragraph(
        'Choosing from a picture isn’t easy. If you wonder whether something fits, how it feels or which one to take, reply to this mail and ask. We’re glad to help.',
      ),
      paragraph('This is what you had in your cart:'),
      itemList('cart'),
      toCart,
      note('If it wasn’t for you, that’s fine too. We won’t write about this cart again.'),
    ],
    text: `${greeting}

Choosing from a picture isn’t easy. If you wonder whether something fits, how it feels or which one to take, reply to this mail and ask. We’re glad to help.

This is what you had in your cart:
${itemListText('cart')}

See your cart:
{{ cart.url }}

If it wasn’t for you, that’s fine too. We won’t write about this cart again.`,
  }),
}
