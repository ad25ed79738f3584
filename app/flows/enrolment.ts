// One profile's way through one version of a flow, about one subject.
import { z } from 'zod'
import type { EventType, Subject } from '#app/events/vocabulary.ts'
import type { EnrolmentId, FlowId, ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Seen, SendEffect, StepId } from './step-kind.ts'

const moment = z.iso.datetime().transform((text) => new Date(text))
const scalar = z.union([z.string(), z.number(), z.boolean(), z.null(), z.array(z.string())])

/** What an enrolment remembers, as it is kept in the database. */
export const contextSchema = z.object({
  /** What the trigger's newest event said. */
  trigger: z.record(z.string(), scalar).default({}),
  /** When that event happened. */
  triggeredAt: moment,
  /** When the enrolment came to its present step. */
  reachedAt: moment,
  happened: z.record(z.string(), moment).default({}),
  /** Once something was sent, the trigger's payload stays as it was then. */
  hasSent: z.boolean().default(false),
})
export type EnrolmentContext = z.output<typeof contextSchema>

/** `active` waits or is due; the others are over: reached an end, was taken out, or could not go on. */
export type EnrolmentState = 'active' | 'completed' | 'exited' | 'failed'

export interface Enrolment {
  shopId: ShopId
  id: EnrolmentId
  flowId: FlowId
  version: number
  profileId: ProfileId
  subject: Subject
  state: EnrolmentState
  step: StepId
  /** How many times the enrolment has come to this step. */
  occurrence: number
  wakeAt: Date
  waitsFor: EventType | null
  context: EnrolmentContext
  /** Of the row that was read: writing back is fenced by it. */
  revision: number
  attempts: number
  enteredAt: Date
  endedAt: Date | null
  endReason: string | null
}

/** What happened at a step when the enrolment left it. */
export interface Visit {
  step: StepId
  occurrence: number
  at: Date
  verdict: string
  seen: Seen
}

/** A message that was decided on at a step. */
export interface Effect extends SendEffect {
  step: StepId
  occurrence: number
}

/** The step of the visit that tells why someone entered. */
export const entryStep = '@entry'

/** The wake of an enrolment whose flow is paused. Any step can be run again, so nothing else need be remembered. */
export const parkedAt = new Date('9999-12-31T00:00:00Z')

export const isParked = (enrolment: Enrolment) => enrolment.wakeAt >= parkedAt

/** All names of the purchase that it is about: its subject, and those that the trigger knew besides. */
export function namesOf(subject: Subject, trigger: EnrolmentContext['trigger']): string[] {
  return Array.isArray(trigger.subjects) ? [subject, ...trigger.subjects] : [subject]
}

/** An enrolment with what the current batch has made of it. */
export interface Change {
  /** Null when it is new. */
  before: Enrolment | null
  enrolment: Enrolment
  visits: Visit[]
  effects: Effect[]
}

export const endedAs = (
  enrolment: Enrolment,
  state: Exclude<EnrolmentState, 'active'>,
  reason: string | null,
  now: Date,
): Enrolment => ({ ...enrolment, state, endReason: reason, endedAt: now, waitsFor: null, wakeAt: now })
