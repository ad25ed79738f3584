// The end of a way through a flow.
import { z } from 'zod'
import type { StepKindModule } from '#app/flows/step-kind.ts'

const schema = z.strictObject({ kind: z.literal('end') })

export const end: StepKindModule<z.output<typeof schema>> & { schema: typeof schema } = {
  schema,
  edges: () => [],
  run: () => ({ kind: 'end', verdict: 'ended', seen: {}, exit: null }),
  tell: () => ({ key: 'step.end.tell' }),
  blank: () => ({ kind: 'end' }),
}
