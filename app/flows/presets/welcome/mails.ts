// The four mails of the first week: hello, who we are, where to begin, and an open ear.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { button, greeting, heading, note, paragraph, textLink, writeToShop } from '#app/messages/templates/blocks.ts'
import { mail } from '#app/messages/templates/mail.ts'

export type WelcomeMail = 'hello' | 'story' | 'favourites' | 'questions'

const reason = 'You’re getting this because you signed up for news from {{ shop.name }}.'
// Shopify lists the whole catalogue under this path, in these orders, for every online store.
const mostBoughtUrl = '{{ shop.url }}/collections/all?sort_by=best-selling'
const newestUrl = '{{ shop.url }}/collections/all?sort_by=created-descending'

export const welcomeMails: Record<WelcomeMail, TemplateSource> = {
  hello: mail({
    subject: 'Welcome to {{ shop.name }}{% if profile.first_name != blank %}, {{ profile.first_name }}{% endif %}',
    previewText: 'Thank you for signing up. Here’s what to expect.',
    reason,
    body: [
      heading('Good to have you here'),
      paragraph(greeting),
      paragraph('Thank you for signing up. It means that you’d like to hear from us, and we’ll try to be worth it.'),
      paragraph(
        'Over the next week we’ll write three more short mails, so that you know who we are and where to find things. After that you’ll hear from us when there’s something to tell.',
      ),
      button({ label: 'Visit the shop', url: '{{ shop.url }}' }),
      note('Not what you had in mind? The unsubscribe link below ends it.'),
    ],
    text: `${greeting}

Thank you for signing up. It means that you’d like to hear from us, and we’ll try to be worth it.

Over the next week we’ll write three more short mails, so that you know who we are and where to find things. After that you’ll hear from us when there’s something to tell.

Visit the shop:
{{ shop.url }}

Not what you had in mind? The unsubscribe link below ends it.`,
  }),

  story: mail({
    subject: 'Who’s behind {{ shop.name }}',
    previewText: 'A few words about us, and a question for you.',
    reason,
    body: [
      heading('A few words about us'),
      paragraph(greeting),
      paragraph(
        '{% comment %} Tell your story here: who began it and why, how you choose what you sell, a picture of you at work. {% endcomment %}A shop looks much like any other on a screen. But behind {{ shop.name }} there are people, and when you write to us it’s one of us who reads it.',
      ),
      paragraph(
        `So we’d like to know a little about you, too. What brought you to us? What are you looking for? ${textLink('Write us a line', writeToShop("'Hello from a new reader'"))}, or simply reply: it helps us to show you the right things.`,
      ),
      button({ label: 'Have a look around', url: '{{ shop.url }}' }),
    ],
    text: `${greeting}

A shop looks much like any other on a screen. But behind {{ shop.name }} there are people, and when you write to us it’s one of us who reads it.

So we’d like to know a little about you, too. What brought you to us? What are you looking for? Simply reply: it helps us to show you the right things.

Have a look around:
{{ shop.url }}`,
  }),

  favourites: mail({
    subject: 'Where to begin',
    previewText: 'What others choose most often, in one place.',
    reason,
    body: [
      heading('A good place to begin'),
      paragraph(greeting),
      paragraph(
        'A new shop can be a lot to take in. When you’re not sure where to start, start with what others choose: this page shows everything we have, the most bought first.',
      ),
      button({ label: 'See the favourites', url: mostBoughtUrl }),
      note(`Or look at ${textLink('what’s new', newestUrl)} instead.`),
    ],
    text: `${greeting}

A new shop can be a lot to take in. When you’re not sure where to start, start with what others choose: this page shows everything we have, the most bought first.

See the favourites:
${mostBoughtUrl}

Or look at what’s new instead:
${newestUrl}`,
  }),

  questions: mail({
    subject: 'Anything you’d like to ask?',
    previewText: 'A reply to this mail reaches us.',
    reason,
    body: [
      heading('Ask us anything'),
      paragraph(greeting),
      paragraph(
        'This is the last of our welcome mails, and the shortest. If there’s something that you’d like to know, about an order, a product, or something you can’t find in the shop, ask us.',
      ),
      paragraph('A reply is all it takes.'),
      button({ label: 'Write to us', url: writeToShop("'A question for ' | append: shop.name") }),
    ],
    text: `${greeting}

This is the last of our welcome mails, and the shortest. If there’s something that you’d like to know, about an order, a product, or something you can’t find in the shop, ask us.

A reply is all it takes, or write to {{ shop.email }}.`,
  }),
}
