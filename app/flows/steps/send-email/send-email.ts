// Decides on a mail: a message to be queued, if the flow's filter still lets this person through.
import { z } from 'zod'
import { answerOf } from '#app/flows/needs.ts'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepKindModule } from '#app/flows/step-kind.ts'

const schema = z.strictObject({
  kind: z.literal('send-email'),
  /** A saved template: its words never change. */
  template: z.uuid('choose a mail').meta({ widget: 'template' }),
  class: z.enum(['marketing', 'transactional']),
  next: stepIdSchema,
})
type SendEmailStep = z.output<typeof schema>

export const sendEmail: StepKindModule<SendEmailStep> & { schema: typeof schema } = {
  schema,
  edges: (step) => [{ field: 'next', to: step.next }],
  run(step, moment) {
    if (!moment.templates.has(step.template)) return { kind: 'failed', reason: 'unknown_template', next: step.next }
    const send = { templateId: step.template, class: step.class }
    if (!moment.filter) return { kind: 'next', next: step.next, verdict: 'queued', seen: {}, send }
    const answer = answerOf(moment.facts, moment.filter)
    if (answer.kind === 'unknown') return { kind: 'needs', needs: [answer.need] }
    if (answer.kind === 'failed') return { kind: 'failed', reason: answer.reason, next: step.next }
    const { passes, seen } = answer.verdict
    if (!passes) return { kind: 'end', verdict: 'filtered', seen, exit: 'filter' }
    return { kind: 'next', next: step.next, verdict: 'queued', seen, send }
  },
  tell: (step, { mail }) => ({ key: `step.send-email.tell.${step.class}`, values: { mail: mail(step.template) } }),
  // No template: the merchant has to choose a mail before this can go live.
  blank: (next) => ({ kind: 'send-email', template: '', class: 'marketing', next }),
}
