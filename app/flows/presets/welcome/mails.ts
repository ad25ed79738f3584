// The four mails of the first week: hello, who we are, where to begin, and an open ear.
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { newDesign } from '#app/messages/design/new-design.ts'

export type WelcomeMail = 'hello' | 'story' | 'favourites' | 'questions'

const about = 'profile' as const
const greeting = {
  kind: 'text',
  text: 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},',
} as const
// Shopify lists the whole catalogue under this path, in these orders, for every online store.
const mostBoughtUrl = '{{ shop.url }}/collections/all?sort_by=best-selling'
const newestUrl = '{{ shop.url }}/collections/all?sort_by=created-descending'

export const welcomeMails: Record<WelcomeMail, MailDesign> = {
  hello: newDesign({
    about,
    subject: 'Welcome to {{ shop.name }}{% if profile.first_name != blank %}, {{ profile.first_name }}{% endif %}',
    previewText: 'Thank you for signing up. Here’s what to expect.',
    blocks: [
      { kind: 'heading', text: 'Good to have you here' },
      greeting,
      {
        kind: 'text',
        text: 'Thank you for signing up. It means that you’d like to hear from us, and we’ll try to be worth it.\n\nOver the next week we’ll write three more short mails, so that you know who we are and where to find things. After that you’ll hear from us when there’s something to tell.',
      },
      { kind: 'button', label: 'Visit the shop', url: '{{ shop.url }}' },
      {
        kind: 'text',
        tone: 'quiet',
        text: 'Not what you had in mind? The unsubscribe link below ends it.',
      },
    ],
  }),

  story: newDesign({
    about,
    subject: 'Who’s behind {{ shop.name }}',
    previewText: 'A few words about us, and a question for you.',
    blocks: [
      { kind: 'heading', text: 'A few words about us' },
      greeting,
      {
        kind: 'text',
        text: '{% comment %} Tell your story here: who began it and why, how you choose what you sell, a picture of you at work. {% endcomment %}A shop looks much like any other on a screen. But behind {{ shop.name }} there are people, and when you write to us it’s one of us who reads it.',
      },
      {
        kind: 'text',
        text: 'So we’d like to know a little about you, too. What brought you to us? What are you looking for? [Write us a line](mailto:{{ shop.email }}?subject=Hello%20from%20a%20new%20reader), or simply reply: it helps us to show you the right things.',
      },
      { kind: 'button', label: 'Have a look around', url: '{{ shop.url }}' },
    ],
  }),

  favourites: newDesign({
    about,
    subject: 'Where to begin',
    previewText: 'What others choose most often, in one place.',
    blocks: [
      { kind: 'heading', text: 'A good place to begin' },
      greeting,
      {
        kind: 'text',
        text: 'A new shop can be a lot to take in. When you’re not sure where to start, start with what others choose: this page shows everything we have, the most bought first.',
      },
      { kind: 'button', label: 'See the favourites', url: mostBoughtUrl },
      { kind: 'text', tone: 'quiet', text: `Or look at [what’s new](${newestUrl}) instead.` },
    ],
  }),

  questions: newDesign({
    about,
    subject: 'Anything you’d like to ask?',
    previewText: 'A reply to this mail reaches us.',
    blocks: [
      { kind: 'heading', text: 'Ask us anything' },
      greeting,
      {
        kind: 'text',
        text: 'This is the last of our welcome mails, and the shortest. If there’s something that you’d like to know, about an order, a product, or something you can’t find in the shop, ask us.\n\nA reply is all it takes.',
      },
      { kind: 'button', label: 'Write to us', url: 'mailto:{{ shop.email }}?subject=A%20question' },
    ],
  }),
}
