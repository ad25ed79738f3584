// Waits until something happens, but not for ever.
import { z } from 'zod'
import { eventTypes } from '#app/events/vocabulary.ts'
import { after, durationSchema } from '#app/flows/duration.ts'
import { durationTold } from '#app/flows/duration-told.ts'
import { needKey } from '#app/flows/needs.ts'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { Awaited, Need, StepKindModule, StepMoment, StepOutcome } from '#app/flows/step-kind.ts'
import { eventAnchorSchema, waitAnchor } from '#app/flows/steps/anchor.ts'

const schema = z.strictObject({
  kind: z.literal('wait-for-event'),
  type: z.enum(eventTypes),
  match: z.enum(['subject', 'profile']),
  /** Which earlier events count: those since the entry, or any (the order may be shipped before it is paid). */
  counts: z.enum(['since-entry', 'ever']).default('since-entry'),
  timeout: durationSchema,
  timeoutSince: eventAnchorSchema,
  onEvent: stepIdSchema,
  onTimeout: stepIdSchema,
})
type WaitForEventStep = z.output<typeof schema>

export const waitForEvent: StepKindModule<WaitForEventStep> & { schema: typeof schema } = {
  schema,
  edges: (step) => [
    { field: 'onEvent', to: step.onEvent },
    { field: 'onTimeout', to: step.onTimeout },
  ],
  anchors: ({ timeoutSince }) =>
    timeoutSince === 'reached' ? [] : [{ field: 'timeoutSince', step: timeoutSince.event }],
  awaits: awaited,
  run(step, moment) {
    const told = moment.happened[moment.stepId]
    if (told) return happened(step, told)
    if (moment.isAwaiting) return stillWaiting(step, moment)

    const need: Need = { kind: 'event', ...awaited(step) }
    const answer = moment.facts.get(needKey(need))
    if (answer?.kind === 'failed') return { kind: 'failed', reason: answer.reason, next: step.onTimeout }
    if (answer?.kind !== 'event') return { kind: 'needs', needs: [need] }
    return answer.occurredAt ? happened(step, answer.occurredAt) : stillWaiting(step, moment)
  },
  tell: ({ type, timeout }) => ({
    key: 'step.wait-for-event.tell',
    values: { event: { key: `event.${type}` }, length: durationTold(timeout) },
  }),
  blank: (next) => ({
    kind: 'wait-for-event',
    type: 'order_placed',
    match: 'profile',
    counts: 'since-entry',
    timeout: { days: 7 },
    timeoutSince: 'reached',
    onEvent: next,
    onTimeout: next,
  }),
}

function awaited({ type, match, counts }: WaitForEventStep): Awaited {
  return { type, match, since: counts === 'ever' ? 'ever' : 'entry' }
}

function happened(step: WaitForEventStep, occurredAt: Date): StepOutcome {
  const seen = { event: step.type, at: occurredAt.toISOString() }
  return { kind: 'next', next: step.onEvent, verdict: 'happened', seen, happenedAt: occurredAt }
}

function stillWaiting(step: WaitForEventStep, moment: StepMoment): StepOutcome {
  const until = after(waitAnchor(step.timeoutSince, moment), step.timeout)
  if (until > moment.now) return { kind: 'wait', until, waitsFor: step.type }
  const seen = { event: step.type, until: until.toISOString() }
  return { kind: 'next', next: step.onTimeout, verdict: 'timed_out', seen }
}
