// What a kind of step is: its schema, where it can lead, and what it does when an enrolment stands on it.
import type { z } from 'zod'
import type { EventType, Subject } from '#app/events/vocabulary.ts'
import type { FlowId, ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Told, ToldValue } from '#app/lib/told.ts'
import type { MessageClass } from '#app/messages/message-draft.ts'
import type { Condition } from '#app/segments/condition.ts'
import type { MoneyTold } from '#app/segments/condition-told.ts'
import type { Verdict } from '#app/segments/verdict.ts'

export type StepId = string
export type EventMatch = 'subject' | 'profile'
/** The values that a decision was made on, for whoever asks why. */
export type Seen = Verdict['seen']

/** Something that must be looked up before a step can decide. */
export type Need =
  | { kind: 'condition'; condition: Condition }
  /** When such an event first happened. */
  | ({ kind: 'event' } & Awaited)
  /** The IANA time zone of the profile, else of its shop. */
  | { kind: 'zone' }

export type Answer =
  | { kind: 'verdict'; verdict: Verdict }
  | { kind: 'event'; occurredAt: Date | null }
  | { kind: 'zone'; zone: string }
  | { kind: 'failed'; reason: string }

/** The answers so far, by `needKey`. */
export type Facts = ReadonlyMap<string, Answer>

export const noFacts: Facts = new Map()

/** What a step sees of the enrolment that stands on it. */
export interface StepMoment {
  shopId: ShopId
  flowId: FlowId
  profileId: ProfileId
  subject: Subject
  stepId: StepId
  /** When the enrolment came to this step. */
  reachedAt: Date
  /** When the awaited event of a `wait-for-event` step happened, by step. */
  happened: Readonly<Record<StepId, Date>>
  /** Already told to wait for an event here: what happened before has been looked up. */
  isAwaiting: boolean
  filter: Condition | null
  /** Templates that exist; a step must not send any other. */
  templates: ReadonlySet<string>
  facts: Facts
  now: Date
}

export type StepOutcome =
  | { kind: 'next'; next: StepId; verdict: string; seen: Seen; send?: SendEffect; happenedAt?: Date }
  | { kind: 'wait'; until: Date; waitsFor: EventType | null }
  | { kind: 'needs'; needs: Need[] }
  | { kind: 'end'; verdict: string; seen: Seen; exit: string | null }
  /** The step could not do its work; the enrolment goes on. */
  | { kind: 'failed'; reason: string; next: StepId | null }

export interface SendEffect {
  templateId: string
  class: MessageClass
}

/** How a step's sentence names what lies outside the step. */
export interface StepTellers {
  money: MoneyTold
  /** A mail by what stands in its subject line. */
  mail(templateId: string): ToldValue
}

/** An edge of the graph, with the field that holds it, for the validator's messages. */
interface Edge {
  field: string
  to: StepId
}

/** A step's reference to another step whose awaited event it counts from. */
interface EventAnchor {
  field: string
  step: StepId
}

/** An event that ends a wait: about the same subject or profile, since the entry or ever. */
export interface Awaited {
  type: EventType
  match: EventMatch
  since: 'entry' | 'ever'
}

export interface StepKindModule<Step> {
  schema: z.ZodType<Step>
  edges(step: Step): Edge[]
  anchors?(step: Step): EventAnchor[]
  /** The event that an enrolment on this step may wait for. */
  awaits?(step: Step): Awaited
  run(step: Step, moment: StepMoment): StepOutcome
  /** In plain words, for the merchant. */
  tell(step: Step, tellers: StepTellers): Told
  /** A new step of this kind that leads on to `next`; what only the merchant can know is left open. */
  blank(next: StepId): Step
}
