// The common case of a trigger: an event of a known type about a cart, a checkout, an order or the profile itself.
import type { Subject } from '#app/events/vocabulary.ts'
import type { Started, TriggerEvent } from '#app/flows/trigger-kind.ts'

type SubjectKind = 'cart' | 'checkout' | 'order' | 'profile'

/** Starts about the event's subject of that kind; an event without one starts nothing. */
export function startAbout(kind: SubjectKind, event: TriggerEvent): Started | null {
  const subject = kind === 'profile' ? 'profile' : event.subjects.find((each) => each.startsWith(`${kind}:`))
  return subject ? { subject, context: contextOf(event, subject) } : null
}

function contextOf({ props, valueMinor, currency, subjects }: TriggerEvent, subject: Subject) {
  const others = subjects.filter((each) => each !== subject)
  return {
    ...props,
    ...(others.length > 0 ? { subjects: others } : {}),
    ...(valueMinor === undefined ? {} : { valueMinor }),
    ...(currency === undefined ? {} : { currency }),
  }
}
