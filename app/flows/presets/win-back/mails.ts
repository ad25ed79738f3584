// The three mails to someone who hasn't ordered for long: what's new, what others like, and a question before we stop.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { button, greeting, heading, note, paragraph, textLink, writeToShop } from '#app/messages/templates/blocks.ts'
import { mail } from '#app/messages/templates/mail.ts'

export type WinBackMail = 'whats-new' | 'worth-a-look' | 'last-note'

const reason = 'You’re getting this because you’ve ordered from {{ shop.name }} before.'
// Shopify lists the whole catalogue under this path, in these orders, for every online store.
const mostBoughtUrl = '{{ shop.url }}/collections/all?sort_by=best-selling'
const newestUrl = '{{ shop.url }}/collections/all?sort_by=created-descending'

const noNeed = writeToShop("'I don’t need anything at the moment'")
const foundElsewhere = writeToShop("'I found it somewhere else'")
const notHappy = writeToShop("'Something wasn’t right'")

export const winBackMails: Record<WinBackMail, TemplateSource> = {
  'whats-new': mail({
    subject: 'It’s been a while',
    previewText: 'The newest things in the shop, in one place.',
    reason,
    body: [
      heading('It’s been a while'),
      paragraph(greeting),
      paragraph(
        'Some time has gone by since your last order from {{ shop.name }}. If you’d like to see what has come in, this page shows everything we have, the newest first.',
      ),
      button({ label: 'See what’s new', url: newestUrl }),
      note('And if you liked something that you bought from us, reply and tell us. We’d enjoy that.'),
    ],
    text: `${greeting}

Some time has gone by since your last order from {{ shop.name }}. If you’d like to see what has come in, this page shows everything we have, the newest first:
${newestUrl}

And if you liked something that you bought from us, reply and tell us. We’d enjoy that.`,
  }),

  'worth-a-look': mail({
    subject: 'Perhaps worth a look',
    previewText: 'What others choose most often.',
    reason,
    body: [
      heading('Perhaps worth a look'),
      paragraph(greeting),
      paragraph(
        'What do people come back to us for? The honest answer is in what they buy. Here’s the whole shop, with what’s chosen most often at the top.',
      ),
      button({ label: 'See the favourites', url: mostBoughtUrl }),
      note('Looking for something particular? Reply and tell us what; we’ll say whether we have it.'),
    ],
    text: `${greeting}

What do people come back to us for? The honest answer is in what they buy. Here’s the whole shop, with what’s chosen most often at the top:
${mostBoughtUrl}

Looking for something particular? Reply and tell us what; we’ll say whether we have it.`,
  }),

  'last-note': mail({
    subject: 'One question before we stop',
    previewText: 'Why did we lose touch? One click answers it.',
    reason,
    body: [
      heading('Before we stop asking'),
      paragraph(greeting),
      paragraph(
        'You haven’t ordered from us for some time, and that’s all right. We won’t send more reminders after this one. But we’d like to learn from it: what was the reason?',
      ),
      paragraph(`${textLink('I don’t need anything at the moment', noNeed)}`),
      paragraph(`${textLink('I found it somewhere else', foundElsewhere)}`),
      paragraph(`${textLink('Something wasn’t right', notHappy)}`),
      paragraph('Each opens a mail to us, ready to send. Add a word if you like: we read it.'),
      button({ label: 'Visit the shop', url: '{{ shop.url }}' }),
      note(`You can also ${textLink('choose what we write about', '{{ preferences_url }}')}.`),
    ],
    text: `${greeting}

You haven’t ordered from us for some time, and that’s all right. We won’t send more reminders after this one. But we’d like to learn from it: what was the reason?

- I don’t need anything at the moment
- I found it somewhere else
- Something wasn’t right

Reply with one of them, and add a word if you like: we read it.

Visit the shop:
{{ shop.url }}`,
  }),
}
