// Whether someone enters a flow: not too late, not again against the flow's rule, not already over, and who is meant.
import type { AdmissionFacts, Candidate, Past } from './candidate.ts'
import type { Reentry } from './definition.ts'
import { after, durationMs } from './duration.ts'
import { enrol } from './enrol.ts'
import { endedAs } from './enrolment.ts'
import { type EnrolmentBook, later } from './enrolment-book.ts'
import { kindOfTrigger } from './triggers/registry.ts'

export function isStale({ flow, at }: Candidate, now: Date): boolean {
  const { staleAfter } = kindOfTrigger(flow.definition.trigger)
  return after(at, staleAfter) < now
}

/** Lets the candidate in unless something speaks against it. Where only the newest counts, the others end. */
export function admit(candidate: Candidate, facts: AdmissionFacts, book: EnrolmentBook, now: Date): void {
  const { newestOnly, reentry } = candidate.flow.definition
  const others = newestOnly ? book.runningOf(candidate) : []
  const isOldNews = others.some(({ change }) => change.enrolment.context.triggeredAt > candidate.at)
  if (isOldNews || facts.exitedBy !== null || facts.entry?.passes === false) return
  const inBatch = book.pastOf(candidate)
  const past = {
    lastEnteredAt: later(facts.past.lastEnteredAt, inBatch.lastEnteredAt),
    subjectEnteredAt: later(facts.past.subjectEnteredAt, inBatch.subjectEnteredAt),
  }
  if (!mayReenter(reentry, candidate, past)) return
  for (const entry of others)
    entry.change = { ...entry.change, enrolment: endedAs(entry.change.enrolment, 'exited', 'superseded', now) }
  book.add(enrol(candidate, facts, now))
}

function mayReenter(reentry: Reentry, { subject, at }: Candidate, past: Past): boolean {
  if (reentry === 'never') return past.lastEnteredAt === null
  if (reentry === 'always') return subject === 'profile' || past.subjectEnteredAt === null
  const gapMs = durationMs({ days: reentry.afterDays })
  return past.lastEnteredAt === null || past.lastEnteredAt.getTime() + gapMs <= at.getTime()
}
