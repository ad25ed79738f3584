// Begins when a known person puts something in a cart.
import { z } from 'zod'
import type { EventTrigger } from '#app/flows/trigger-kind.ts'
import { startAbout } from '#app/flows/triggers/about-subject.ts'

const schema = z.strictObject({ kind: z.literal('cart-updated') })

export const cartUpdated: EventTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-event',
  schema,
  about: 'cart',
  events: ['cart_updated'],
  staleAfter: { days: 1 },
  isAbandonment: true,
  restartsFirstWait: true,
  match: (_trigger, event) => startAbout('cart', event),
  tell: () => ({ key: 'trigger.cart-updated' }),
  blank: () => ({ kind: 'cart-updated' }),
}
