// Which event takes an enrolment out of its flow, and which one ends its waiting.
import type { EventType, ShopEvent, Subject } from '#app/events/vocabulary.ts'
import type { ProfileId } from '#app/lib/ids.ts'
import { type Enrolment, namesOf } from './enrolment.ts'
import type { FlowVersion } from './flow-version.ts'
import type { EventMatch } from './step-kind.ts'
import { kindOfStep } from './steps/registry.ts'

/** What exits and waits look at. */
export interface Happening {
  type: EventType
  subjects: readonly Subject[]
  profileId: ProfileId | null
  occurredAt: Date
  valueMinor?: number
  props?: ShopEvent['props']
}

/** Why the event ends the enrolment, or null. What happened before the entry ends nothing, unless it holds whenever. */
export function exitReason(flow: FlowVersion, enrolment: Enrolment, event: Happening): string | null {
  const exit = flow.exits.find(
    ({ on, match, onlyWhole, whenever }) =>
      on === event.type &&
      concerns(match, enrolment, event) &&
      (whenever || event.occurredAt >= enrolment.enteredAt) &&
      (!onlyWhole || isWhole(enrolment, event)),
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

/** Without knowing what the whole is worth, any part is taken for it: better a mail too few. */
function isWhole({ context }: Enrolment, { valueMinor, props }: Happening): boolean {
  const whole = context.trigger.valueMinor
  const inAll = typeof props?.refundedMinor === 'number' ? props.refundedMinor : valueMinor
  return typeof whole !== 'number' || inAll === undefined || inAll >= whole
}

function concerns(match: EventMatch, { profileId, subject, context }: Enrolment, event: Happening): boolean {
  if (match === 'profile' || subject === 'profile') return event.profileId === profileId
  const names = namesOf(subject, context.trigger)
  return event.subjects.some((each) => names.includes(each))
}
