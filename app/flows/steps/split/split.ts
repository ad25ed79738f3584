// Parts of the people go different ways, by chance; each profile always the same way.
import { z } from 'zod'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { pickArm } from './pick-arm.ts'

const schema = z.strictObject({
  kind: z.literal('split'),
  arms: z
    .array(z.strictObject({ name: z.string().min(1).max(60), weight: z.int().min(0).max(10_000), next: stepIdSchema }))
    .min(2)
    .max(10)
    .refine((arms) => arms.some((arm) => arm.weight > 0), 'at least one arm needs a weight above 0'),
})
type SplitStep = z.output<typeof schema>

export const split: StepKindModule<SplitStep> & { schema: typeof schema } = {
  schema,
  edges: ({ arms }) => arms.map((arm, index) => ({ field: `arms.${index}.next`, to: arm.next })),
  run({ arms }, { shopId, flowId, profileId, stepId }) {
    const arm = arms[pickArm(arms, [shopId, flowId, profileId, stepId])]!
    return { kind: 'next', next: arm.next, verdict: 'split', seen: { arm: arm.name } }
  },
  tell({ arms }) {
    const total = arms.reduce((sum, arm) => sum + arm.weight, 0)
    const parts = arms.map(({ name, weight }) => ({
      key: 'step.split.arm',
      values: { name, percent: Math.round((100 * weight) / Math.max(total, 1)) },
    }))
    return { key: 'step.split.tell', values: { arms: { list: parts, join: 'comma' } } }
  },
  blank: (next) => ({
    kind: 'split',
    arms: [
      { name: 'A', weight: 50, next },
      { name: 'B', weight: 50, next },
    ],
  }),
}
