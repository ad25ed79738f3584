// Begins when a person subscribes to marketing mail.
import { z } from 'zod'
import type { EventTrigger } from '#app/flows/trigger-kind.ts'
import { startAbout } from '#app/flows/triggers/about-subject.ts'

const schema = z.strictObject({ kind: z.literal('subscribed') })

export const subscribed: EventTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-event',
  schema,
  about: 'profile',
  events: ['subscribed'],
  staleAfter: { days: 3 },
  isAbandonment: false,
  restartsFirstWait: false,
  match: (_trigger, event) => startAbout('profile', event),
  tell: () => ({ key: 'trigger.subscribed' }),
  blank: () => ({ kind: 'subscribed' }),
}
