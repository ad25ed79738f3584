// Begins when a known person begins a checkout; one who becomes known later in it begins then.
import { z } from 'zod'
import type { EventTrigger } from '#app/flows/trigger-kind.ts'
import { startAbout } from '#app/flows/triggers/about-subject.ts'

const schema = z.strictObject({ kind: z.literal('checkout-started') })

export const checkoutStarted: EventTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-event',
  schema,
  about: 'checkout',
  events: ['checkout_started', 'checkout_updated'],
  staleAfter: { days: 1 },
  isAbandonment: true,
  restartsFirstWait: true,
  match: (_trigger, event) => startAbout('checkout', event),
  tell: () => ({ key: 'trigger.checkout-started' }),
  blank: () => ({ kind: 'checkout-started' }),
}
