// Which event takes an enrolment out of its flow, and which one ends its waiting.
import type { EventType, Subject } from '#app/events/vocabulary.ts'
import type { ProfileId } from '#app/lib/ids.ts'
import type { Enrolment } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import type { EventMatch } from './step-kind.ts'
import { kindOfStep } from './steps/registry.ts'

/** What exits and waits look at. */
export interface Happening {
  type: EventType
  subjects: readonly Subject[]
  profileId: ProfileId | null
  occurredAt: Date
}

/** Why the event ends the enrolment, or null. What happened before the entry ends nothing, unless it holds whenever. */
export function exitReason(flow: FlowVersion, enrolment: Enrolment, event: Happening): string | null {
  const exit = flow.exits.find(
    ({ on, match, whenever }) =>
      on === event.type &&
      concerns(match, enrolment, event) &&
      (whenever || event.occurredAt >= enrolment.enteredAt),
  )
  return exit?.reason ?? null
}

/** Whether the enrolment stands at a step that waits for this event. */
export function endsWait(flow: FlowVersion, enrolment: Enrolment, event: Happening): boolean {
  if (enrolment.waitsFor !== event.type) return false
  const step = flow.definition.steps[enrolment.step]
  const awaited = step && kindOfStep(step).awaits?.(step)
  if (!awaited || awaited.type !== event.type || !concerns(awaited.match, enrolment, event)) return false
  return awaited.since === 'ever' || event.occurredAt > enrolment.enteredAt
}

function concerns(match: EventMatch, { profileId, subject }: Enrolment, event: Happening): boolean {
  return match === 'profile' || subject === 'profile'
    ? event.profileId === profileId
    : event.subjects.includes(subject)
}
