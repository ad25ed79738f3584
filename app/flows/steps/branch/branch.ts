// Two ways on, by what is true of the person at this moment.
import { z } from 'zod'
import { answerOf } from '#app/flows/needs.ts'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { conditionSchema, describeCondition } from '#app/segments/condition.ts'

const schema = z.strictObject({
  kind: z.literal('branch'),
  condition: conditionSchema,
  yes: stepIdSchema,
  no: stepIdSchema,
})
type BranchStep = z.output<typeof schema>

export const branch: StepKindModule<BranchStep> & { schema: typeof schema } = {
  schema,
  edges: (step) => [
    { field: 'yes', to: step.yes },
    { field: 'no', to: step.no },
  ],
  // A condition that can't be answered counts as not passed: the way for whoever is not special.
  run(step, moment) {
    const answer = answerOf(moment.facts, step.condition)
    if (answer.kind === 'unknown') return { kind: 'needs', needs: [answer.need] }
    if (answer.kind === 'failed') return { kind: 'failed', reason: answer.reason, next: step.no }
    const { passes, seen } = answer.verdict
    return { kind: 'next', next: passes ? step.yes : step.no, verdict: passes ? 'yes' : 'no', seen }
  },
  describe: ({ condition }) => `Does this hold: ${describeCondition(condition)}?`,
}
