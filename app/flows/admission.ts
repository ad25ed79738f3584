// Whether someone enters a flow: not too late, not again against the flow's rule, not already over, and who is meant.
// Each question is a gate that says what it saw, so that a refusal can be explained by what refused.
import type { AdmissionFacts, Candidate, Past } from './candidate.ts'
import type { Reentry } from './definition.ts'
import { after, durationMs } from './duration.ts'
import { enrol } from './enrol.ts'
import { type Enrolment, endedAs } from './enrolment.ts'
import { type EnrolmentBook, later } from './enrolment-book.ts'
import type { Seen } from './step-kind.ts'
import { kindOfTrigger } from './triggers/registry.ts'

/** In the order in which they are asked. */
export type AdmissionGateName = 'in_time' | 'newest' | 'not_over' | 'entry' | 'reentry'

export interface AdmissionGate {
  gate: AdmissionGateName
  passes: boolean
  /** The values that it decided on; times as ISO text. */
  seen: Seen
}

/** Whether the trigger came in time to begin anything. */
export function timelyGate({ flow, at }: Candidate, now: Date): AdmissionGate {
  const until = after(at, kindOfTrigger(flow.definition.trigger).staleAfter)
  return { gate: 'in_time', passes: until >= now, seen: { at: at.toISOString(), until: until.toISOString() } }
}

export const isStale = (candidate: Candidate, now: Date): boolean => !timelyGate(candidate, now).passes

/** What stands of the candidate's profile in its flow. */
export interface Standing {
  past: Past
  /** The profile's active enrolments in the flow. */
  running: readonly Enrolment[]
}

/** Everything that may speak against a candidate that came in time. */
export function admissionGates(candidate: Candidate, facts: AdmissionFacts, standing: Standing): AdmissionGate[] {
  return [
    newestGate(candidate, standing),
    { gate: 'not_over', passes: facts.exitedBy === null, seen: { reason: facts.exitedBy } },
    ...(facts.entry ? [{ gate: 'entry' as const, ...facts.entry }] : []),
    reentryGate(candidate, standing.past),
  ]
}

/** Lets the candidate in unless something speaks against it. Where only the newest counts, the others end. */
export function admit(candidate: Candidate, facts: AdmissionFacts, book: EnrolmentBook, now: Date): void {
  const others = candidate.flow.definition.newestOnly ? book.runningOf(candidate) : []
  const inBatch = book.pastOf(candidate)
  const past = {
    lastEnteredAt: later(facts.past.lastEnteredAt, inBatch.lastEnteredAt),
    subjectEnteredAt: later(facts.past.subjectEnteredAt, inBatch.subjectEnteredAt),
  }
  const running = others.map(({ change }) => change.enrolment)
  if (!admissionGates(candidate, facts, { past, running }).every(({ passes }) => passes)) return
  for (const entry of others)
    entry.change = { ...entry.change, enrolment: endedAs(entry.change.enrolment, 'exited', 'superseded', now) }
  book.add(enrol(candidate, facts, now))
}

/** Where only the newest counts, news about something older than what runs begins nothing. */
function newestGate({ flow, at }: Candidate, { running }: Standing): AdmissionGate {
  const newest = flow.definition.newestOnly
    ? running.reduce<Date | null>((last, { context }) => later(last, context.triggeredAt), null)
    : null
  return {
    gate: 'newest',
    passes: newest === null || newest <= at,
    seen: { newest: iso(newest), at: at.toISOString() },
  }
}

function reentryGate(candidate: Candidate, past: Past): AdmissionGate {
  const { reentry } = candidate.flow.definition
  const rule = typeof reentry === 'string' ? reentry : reentry.afterDays
  const last = reentry === 'always' ? past.subjectEnteredAt : past.lastEnteredAt
  return { gate: 'reentry', passes: mayReenter(reentry, candidate, past), seen: { rule, last: iso(last) } }
}

function mayReenter(reentry: Reentry, { subject, at }: Candidate, past: Past): boolean {
  if (reentry === 'never') return past.lastEnteredAt === null
  if (reentry === 'always') return subject === 'profile' || past.subjectEnteredAt === null
  const gapMs = durationMs({ days: reentry.afterDays })
  return past.lastEnteredAt === null || past.lastEnteredAt.getTime() + gapMs <= at.getTime()
}

const iso = (moment: Date | null) => moment?.toISOString() ?? null
