// From which moment a wait counts.
import { z } from 'zod'
import { stepIdSchema } from '#app/flows/step-id.ts'
import type { StepMoment } from '#app/flows/step-kind.ts'

/** `reached`: when the enrolment came to the step. `event`: when the event that the named step awaited happened. */
export const eventAnchorSchema = z
  .union([z.literal('reached'), z.strictObject({ event: stepIdSchema })])
  .default('reached')
type Anchor = z.output<typeof eventAnchorSchema>

/** An anchor whose event never happened (the flow came here by the time-out) counts as the moment of coming here. */
export function waitAnchor(anchor: Anchor, moment: StepMoment): Date {
  return anchor === 'reached' ? moment.reachedAt : (moment.happened[anchor.event] ?? moment.reachedAt)
}
