// The three mails to someone who hasn't ordered for long: what's new, what others like, and a question before we stop.
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { newDesign } from '#app/messages/design/new-design.ts'

export type WinBackMail = 'whats-new' | 'worth-a-look' | 'last-note'

const about = 'profile' as const
const reason = 'You’re getting this because you’ve ordered from {{ shop.name }} before.'
const greeting = {
  kind: 'text',
  text: 'Hello{% if profile.first_name != blank %} {{ profile.first_name }}{% endif %},',
} as const
// Shopify lists the whole catalogue under this path, in these orders, for every online store.
const mostBoughtUrl = '{{ shop.url }}/collections/all?sort_by=best-selling'
const newestUrl = '{{ shop.url }}/collections/all?sort_by=created-descending'

export const winBackMails: Record<WinBackMail, MailDesign> = {
  'whats-new': newDesign({
    about,
    reason,
    subject: 'It’s been a while',
    previewText: 'The newest things in the shop, in one place.',
    blocks: [
      { kind: 'heading', text: 'It’s been a while' },
      greeting,
      {
        kind: 'text',
        text: 'Some time has gone by since your last order from {{ shop.name }}. If you’d like to see what has come in, this page shows everything we have, the newest first.',
      },
      { kind: 'button', label: 'See what’s new', url: newestUrl },
      {
        kind: 'text',
        tone: 'quiet',
        text: 'And if you liked something that you bought from us, reply and tell us. We’d enjoy that.',
      },
    ],
  }),

  'worth-a-look': newDesign({
    about,
    reason,
    subject: 'Perhaps worth a look',
    previewText: 'What others choose most often.',
    blocks: [
      { kind: 'heading', text: 'Perhaps worth a look' },
      greeting,
      {
        kind: 'text',
        text: 'What do people come back to us for? The honest answer is in what they buy. Here’s the whole shop, with what’s chosen most often at the top.',
      },
      { kind: 'button', label: 'See the favourites', url: mostBoughtUrl },
      {
        kind: 'text',
        tone: 'quiet',
        text: 'Looking for something particular? Reply and tell us what; we’ll say whether we have it.',
      },
    ],
  }),

  'last-note': newDesign({
    about,
    reason,
    subject: 'One question before we stop',
    previewText: 'Why did we lose touch? One click answers it.',
    blocks: [
      { kind: 'heading', text: 'Before we stop asking' },
      greeting,
      {
        kind: 'text',
        text: 'You haven’t ordered from us for some time, and that’s all right. We won’t send more reminders after this one. But we’d like to learn from it: what was the reason?',
      },
      {
        kind: 'text',
        text: '[I don’t need anything at the moment](mailto:{{ shop.email }}?subject=I%20don%E2%80%99t%20need%20anything%20at%20the%20moment)\n\n[I found it somewhere else](mailto:{{ shop.email }}?subject=I%20found%20it%20somewhere%20else)\n\n[Something wasn’t right](mailto:{{ shop.email }}?subject=Something%20wasn%E2%80%99t%20right)',
      },
      { kind: 'text', text: 'Each opens a mail to us, ready to send. Add a word if you like: we read it.' },
      { kind: 'button', label: 'Visit the shop', url: '{{ shop.url }}' },
      { kind: 'text', tone: 'quiet', text: 'You can also [choose what we write about]({{ preferences_url }}).' },
    ],
  }),
}
