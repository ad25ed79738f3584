// Begins when an order is delivered.
import { z } from 'zod'
import type { EventTrigger } from '#app/flows/trigger-kind.ts'
import { startAbout } from '#app/flows/triggers/about-subject.ts'

const schema = z.strictObject({ kind: z.literal('order-delivered') })

export const orderDelivered: EventTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-event',
  schema,
  about: 'order',
  events: ['order_delivered'],
  staleAfter: { days: 7 },
  isAbandonment: false,
  restartsFirstWait: false,
  match: (_trigger, event) => startAbout('order', event),
  tell: () => ({ key: 'trigger.order-delivered' }),
  blank: () => ({ kind: 'order-delivered' }),
}
