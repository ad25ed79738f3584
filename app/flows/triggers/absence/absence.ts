// Begins when a person who ordered has not done so again for a number of days; each order starts the count anew.
import { z } from 'zod'
import type { AbsenceTrigger } from '#app/flows/trigger-kind.ts'

const schema = z.strictObject({ kind: z.literal('absence'), days: z.int().min(1).max(730) })

export const absence: AbsenceTrigger<z.output<typeof schema>> & { schema: typeof schema } = {
  begins: 'by-absence',
  schema,
  about: 'profile',
  armedBy: 'order_placed',
  staleAfter: { days: 14 },
  isAbandonment: false,
  length: ({ days }) => ({ days }),
  start: ({ days }) => ({ subject: 'profile', context: { days } }),
  tell: ({ days }) => ({ key: 'trigger.absence', values: { count: days } }),
  blank: () => ({ kind: 'absence', days: 60 }),
}
