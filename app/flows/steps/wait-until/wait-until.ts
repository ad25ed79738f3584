// Waits for a time of the day, on certain days of the week if asked, where the profile lives, else where the shop is.
import { z } from 'zod'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { nextTimeOfDay } from '#app/lib/zoned-time.ts'

const schema = z.strictObject({
  kind: z.literal('wait-until'),
  time: z
    .string()
    .regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time of the day looks like 09:30')
    .meta({ widget: 'time' }),
  /** 1 is Monday, 7 is Sunday. Absent: any day. */
  weekdays: z
    .array(z.literal([1, 2, 3, 4, 5, 6, 7]))
    .min(1)
    .meta({ widget: 'weekdays' })
    .optional(),
  next: stepIdSchema,
})
type WaitUntilStep = z.output<typeof schema>

export const waitUntil: StepKindModule<WaitUntilStep> & { schema: typeof schema } = {
  schema,
  edges: (step) => [{ field: 'next', to: step.next }],
  run(step, moment) {
    const answer = moment.facts.get('zone')
    if (answer?.kind === 'failed') return { kind: 'failed', reason: answer.reason, next: step.next }
    if (answer?.kind !== 'zone') return { kind: 'needs', needs: [{ kind: 'zone' }] }
    const justBefore = new Date(moment.reachedAt.getTime() - 1)
    const until = nextTimeOfDay(justBefore, answer.zone, step.time, step.weekdays)
    if (until > moment.now) return { kind: 'wait', until, waitsFor: null }
    return { kind: 'next', next: step.next, verdict: 'waited', seen: { until: until.toISOString(), zone: answer.zone } }
  },
  tell: ({ time, weekdays = [] }) => {
    const days = { list: weekdays.map((day) => ({ key: `weekday.${day}` })), join: 'or' } as const
    return weekdays.length > 0
      ? { key: 'step.wait-until.tellDays', values: { time, days } }
      : { key: 'step.wait-until.tell', values: { time } }
  },
  blank: (next) => ({ kind: 'wait-until', time: '09:00', next }),
}
