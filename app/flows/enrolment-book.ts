// The enrolments that a batch of events may touch, found by profile or subject, and what the batch has made of them.
import type { Subject } from '#app/events/vocabulary.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Candidate, Past } from './candidate.ts'
import type { Change, Enrolment } from './enrolment.ts'

/** One enrolment's page in the book: `change` is what has become of it so far. */
interface Entry {
  change: Change
}

/** Written in while one batch is worked through, and thrown away after it. */
export interface EnrolmentBook {
  /** The active enrolments that an event about this profile or these subjects may concern, each once. */
  touchedBy(shopId: ShopId, profileId: ProfileId | null, subjects: readonly Subject[]): Entry[]
  /** The active enrolments of the candidate's profile in its flow. */
  runningOf(candidate: Candidate): Entry[]
  /** When the candidate's profile entered its flow, as far as this batch knows. */
  pastOf(candidate: Candidate): Past
  add(change: Change): void
  changes(): Change[]
}

export function openBook(running: readonly Enrolment[]): EnrolmentBook {
  const entries: Entry[] = []
  const byPerson = new Map<string, Entry[]>()
  const bySubject = new Map<string, Entry[]>()
  const add = (change: Change) => {
    const { shopId, profileId, subject } = change.enrolment
    const entry = { change }
    entries.push(entry)
    append(byPerson, `${shopId}/${profileId}`, entry)
    append(bySubject, `${shopId}/${subject}`, entry)
  }
  const ofPerson = ({ flow, profileId }: Candidate) =>
    (byPerson.get(`${flow.shopId}/${profileId}`) ?? []).filter(({ change }) => change.enrolment.flowId === flow.flowId)
  for (const enrolment of running) add({ before: enrolment, enrolment, visits: [], effects: [] })
  return {
    add,
    touchedBy(shopId, profileId, subjects) {
      const found = new Set(profileId === null ? [] : byPerson.get(`${shopId}/${profileId}`))
      for (const subject of subjects)
        if (subject !== 'profile') for (const entry of bySubject.get(`${shopId}/${subject}`) ?? []) found.add(entry)
      return [...found].filter(isActive)
    },
    runningOf: (candidate) => ofPerson(candidate).filter(isActive),
    pastOf(candidate) {
      const past: Past = { lastEnteredAt: null, subjectEnteredAt: null }
      for (const { change } of ofPerson(candidate)) {
        const { subject, enteredAt } = change.enrolment
        if (!countsForReentry(change.enrolment, candidate.flow.definition.newestOnly)) continue
        past.lastEnteredAt = later(past.lastEnteredAt, enteredAt)
        if (subject === candidate.subject) past.subjectEnteredAt = later(past.subjectEnteredAt, enteredAt)
      }
      return past
    },
    changes: () => entries.map((entry) => entry.change).filter((change) => change.enrolment !== change.before),
  }
}

/**
 * An enrolment that ended early before anything was sent has not bothered anyone: it does not count. Nor does one that
 * runs but is to make way for a newer one.
 */
function countsForReentry({ state, context }: Enrolment, newestOnly: boolean) {
  return context.hasSent || state === 'completed' || (state === 'active' && !newestOnly)
}

export const later = (a: Date | null, b: Date | null): Date | null => (a && b ? (a > b ? a : b) : (a ?? b))

const isActive = ({ change }: Entry) => change.enrolment.state === 'active'

function append<Value>(map: Map<string, Value[]>, key: string, value: Value) {
  const list = map.get(key)
  if (list) list.push(value)
  else map.set(key, [value])
}
