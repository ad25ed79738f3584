// The three mails to someone who left a checkout: help, an open ear, and an honest end.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { button, greeting, heading, note, paragraph } from '#app/messages/templates/blocks.ts'
import { itemList, itemListText } from '#app/messages/templates/item-list.ts'
import { mail } from '#app/messages/templates/mail.ts'

export type AbandonedCheckoutMail = 'reminder' | 'reassurance' | 'last-note'

const reason = 'You’re getting this because you began a checkout at {{ shop.name }} and didn’t finish it.'
const backToCheckout = button({ label: 'Back to your checkout', url: '{{ checkout.url }}' })
const yourItems = '{% if checkout.item_count == 1 %}your item{% else %}your {{ checkout.item_count }} items{% endif %}'
const isOrAre = '{% if checkout.item_count == 1 %}is{% else %}are{% endif %}'

export const abandonedCheckoutMails: Record<AbandonedCheckoutMail, TemplateSource> = {
  reminder: mail({
    subject: 'You left your checkout at {{ shop.name }} open',
    previewText: 'Here is the way back, and what you chose.',
    reason,
    body: [
      heading('Pick up where you left off'),
      paragraph(greeting),
      paragraph(
        `You were about to order from us and didn’t get to the end. That happens: a phone rings, a page won’t load. Here ${isOrAre} ${yourItems}, and the way back.`,
      ),
      itemList('checkout'),
      backToCheckout,
      note('Did something not work? Reply to this mail and tell us what happened, so that we can help.'),
    ],
    text: `${greeting}

You were about to order from us and didn’t get to the end. That happens: a phone rings, a page won’t load. Here ${isOrAre} ${yourItems}, and the way back.
${itemListText('checkout')}

Back to your checkout:
{{ checkout.url }}

Did something not work? Reply to this mail and tell us what happened, so that we can help.`,
  }),

  reassurance: mail({
    subject: 'Any questions before you decide?',
    previewText: 'Ask us anything about what you chose. A reply is enough.',
    reason,
    body: [
      heading('Is something still open?'),
      paragraph(greeting),
      paragraph(
        'The other day you got as far as the checkout. If a question kept you from ordering, about the size, the material, delivery or anything else, just reply to this mail. Your reply reaches us directly.',
      ),
      paragraph(`And if you only ran out of time, here ${isOrAre} ${yourItems}:`),
      itemList('checkout'),
      backToCheckout,
    ],
    text: `${greeting}

The other day you got as far as the checkout. If a question kept you from ordering, about the size, the material, delivery or anything else, just reply to this mail. Your reply reaches us directly.

And if you only ran out of time, here ${isOrAre} ${yourItems}:
${itemListText('checkout')}

Back to your checkout:
{{ checkout.url }}`,
  }),

  'last-note': mail({
    subject: 'A last note about your checkout',
    previewText: 'After this one we’ll leave it be.',
    reason,
    body: [
      heading('The last we’ll say about it'),
      paragraph(greeting),
      paragraph(
        'A few days ago you nearly ordered from us. We don’t want to nag, so this is our last mail about this checkout.',
      ),
      paragraph('If you’d still like what you chose, this takes you back:'),
      itemList('checkout'),
      backToCheckout,
      note('Changed your mind? That’s fine, there’s nothing you need to do.'),
    ],
    text: `${greeting}

A few days ago you nearly ordered from us. We don’t want to nag, so this is our last mail about this checkout.

If you’d still like what you chose, this takes you back:
{{ checkout.url }}
${itemListText('checkout')}

Changed your mind? That’s fine, there’s nothing you need to do.`,
  }),
}
