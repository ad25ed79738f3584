// Every kind of step that a flow can be made of. A new one is a folder and a line here.
import { z } from 'zod'
import type { StepKindModule } from '#app/flows/step-kind.ts'
import { branch } from './branch/branch.ts'
import { end } from './end/end.ts'
import { sendEmail } from './send-email/send-email.ts'
import { split } from './split/split.ts'
import { wait } from './wait/wait.ts'
import { waitForEvent } from './wait-for-event/wait-for-event.ts'
import { waitUntil } from './wait-until/wait-until.ts'

export const stepKinds = {
  wait,
  'wait-until': waitUntil,
  'wait-for-event': waitForEvent,
  branch,
  split,
  'send-email': sendEmail,
  end,
}

export type StepKind = keyof typeof stepKinds

export const stepSchema = z.discriminatedUnion('kind', [
  wait.schema,
  waitUntil.schema,
  waitForEvent.schema,
  branch.schema,
  split.schema,
  sendEmail.schema,
  end.schema,
])
export type Step = z.output<typeof stepSchema>

// Methods may take a narrower parameter than their declaration says: each kind is only ever given its own steps.
const modules: Record<StepKind & Step['kind'], StepKindModule<Step>> = stepKinds

/** The kind of step that `step` is. */
export const kindOfStep = (step: Step): StepKindModule<Step> => modules[step.kind]
