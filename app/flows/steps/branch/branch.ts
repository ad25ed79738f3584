// Two ways on, by what is true of the person at this moment.
import { z } from 'zod'
import { answerOf } from '#app/flows/needs.ts'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { conditionSchema } from '#app/segments/condition.ts'
import { conditionTold } from '#app/segments/condition-told.ts'
import { atLeastOnce } from '#app/segments/count.ts'
import { ever } from '#app/segments/window.ts'

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
  tell: ({ condition }, { money }) => ({
    key: 'step.branch.tell',
    values: { condition: conditionTold(condition, money) },
  }),
  blank: (next) => ({
    kind: 'branch',
    condition: { kind: 'order-count', count: atLeastOnce, window: ever },
    yes: next,
    no: next,
  }),
}
