// Begins with each order that is paid.
import { z } from 'zod'
import type { EventTrigger } from '#app/flows/trigger-kind.ts'
import { startAbout } from '#app/flows/triggers/about-subject.ts'

const schema = z.strictObject({ kind: z.literal('order-paid') })

export const orderPaid: EventTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-event',
  schema,
  about: 'order',
  events: ['order_paid'],
  staleAfter: { days: 7 },
  isAbandonment: false,
  restartsFirstWait: false,
  match: (_trigger, event) => startAbout('order', event),
  tell: () => ({ key: 'trigger.order-paid' }),
  blank: () => ({ kind: 'order-paid' }),
}
