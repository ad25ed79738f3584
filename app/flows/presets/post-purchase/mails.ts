// The mails after an order: thanks for the first one, thanks for coming back, and the question how it is.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { button, greeting, heading, note, paragraph, writeToShop } from '#app/messages/templates/blocks.ts'
import { itemList, itemListText } from '#app/messages/templates/item-list.ts'
import { mail } from '#app/messages/templates/mail.ts'

export type PostPurchaseMail = 'thank-you-first' | 'thank-you-returning' | 'review-request'

const reason = 'You’re getting this because you ordered from {{ shop.name }} (order {{ order.name }}).'
const writeAboutOrder = writeToShop("'About my order ' | append: order.name")
const it = '{% if order.item_count == 1 %}it{% else %}them{% endif %}'

export const postPurchaseMails: Record<PostPurchaseMail, TemplateSource> = {
  'thank-you-first': mail({
    subject: 'Thank you for your first order',
    previewText: 'You tried something new with us. We’re glad.',
    reason,
    body: [
      heading('Thank you for trying us'),
      paragraph(greeting),
      paragraph(
        'This was your first order with {{ shop.name }}. You gave a shop that you didn’t know a chance, and we’re grateful for it.',
      ),
      paragraph(`We hope that you’ll like what you chose:`),
      itemList('order', { hasPrices: false }),
      paragraph(
        'If anything isn’t as you expected, tell us first. Reply to this mail or write to us; with the order number {{ order.name }} we’ll know at once what it’s about.',
      ),
      button({ label: 'Write to us', url: writeAboutOrder }),
    ],
    text: `${greeting}

This was your first order with {{ shop.name }}. You gave a shop that you didn’t know a chance, and we’re grateful for it.

We hope that you’ll like what you chose:
${itemListText('order', { hasPrices: false })}

If anything isn’t as you expected, tell us first. Reply to this mail or write to {{ shop.email }}; with the order number {{ order.name }} we’ll know at once what it’s about.`,
  }),

  'thank-you-returning': mail({
    subject: 'Good to see you again{% if profile.first_name != blank %}, {{ profile.first_name }}{% endif %}',
    previewText: 'Thank you for coming back to us.',
    reason,
    body: [
      heading('You came back'),
      paragraph(greeting),
      paragraph(
        'Someone who orders a second, third or tenth time pays us the best compliment there is. Thank you for coming back to {{ shop.name }}.',
      ),
      paragraph('This time you chose:'),
      itemList('order', { hasPrices: false }),
      paragraph(
        'You know us better than most by now. If there’s something that we should do better, or something that you miss in the shop, we’d like to hear it.',
      ),
      button({ label: 'Tell us', url: writeAboutOrder }),
    ],
    text: `${greeting}

Someone who orders a second, third or tenth time pays us the best compliment there is. Thank you for coming back to {{ shop.name }}.

This time you chose:
${itemListText('order', { hasPrices: false })}

You know us better than most by now. If there’s something that we should do better, or something that you miss in the shop, reply to this mail. We’d like to hear it.`,
  }),

  'review-request': mail({
    subject: 'How do you like what you ordered?',
    previewText: 'Two honest sentences help us, and the next person who wonders.',
    reason,
    body: [
      heading(`How do you like ${it}?`),
      paragraph(greeting),
      paragraph(
        'You’ve had a little time with your order by now. How is it in daily life? Two honest sentences are plenty, and a picture is welcome. What isn’t good helps us as much as what is.',
      ),
      itemList('order', { hasPrices: false }),
      button({ label: 'Tell us how it is', url: writeToShop("'How I like my order ' | append: order.name") }),
      note(`Hasn’t it arrived, or is something wrong with ${it}? Then reply and tell us that instead.`),
    ],
    text: `${greeting}

You’ve had a little time with your order by now. How is it in daily life? Two honest sentences are plenty, and a picture is welcome. What isn’t good helps us as much as what is.
${itemListText('order', { hasPrices: false })}

Just reply to this mail, or write to {{ shop.email }}.

Hasn’t it arrived, or is something wrong with ${it}? Then reply and tell us that instead.`,
  }),
}
