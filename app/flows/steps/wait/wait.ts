// Waits for a length of time, from when the enrolment came here or from when an awaited event happened.
import { z } from 'zod'
import { after, durationSchema } from '#app/flows/duration.ts'
import { durationTold } from '#app/flows/duration-told.ts'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { eventAnchorSchema, waitAnchor } from '#app/flows/steps/anchor.ts'

const schema = z.strictObject({
  kind: z.literal('wait'),
  duration: durationSchema,
  since: eventAnchorSchema,
  next: stepIdSchema,
})
type WaitStep = z.output<typeof schema>

export const wait: StepKindModule<WaitStep> & { schema: typeof schema } = {
  schema,
  edges: (step) => [{ field: 'next', to: step.next }],
  anchors: ({ since }) => (since === 'reached' ? [] : [{ field: 'since', step: since.event }]),
  run(step, moment) {
    const until = after(waitAnchor(step.since, moment), step.duration)
    if (until > moment.now) return { kind: 'wait', until, waitsFor: null }
    return { kind: 'next', next: step.next, verdict: 'waited', seen: { until: until.toISOString() } }
  },
  tell: ({ duration, since }) =>
    since === 'reached'
      ? { key: 'step.wait.tell', values: { length: durationTold(duration) } }
      : { key: 'step.wait.tellAfter', values: { length: durationTold(duration), step: since.event } },
  blank: (next) => ({ kind: 'wait', duration: { days: 1 }, since: 'reached', next }),
}
