// Somebody who may be about to enter a flow, and what must be known to decide it.
import type { Subject } from '#app/events/vocabulary.ts'
import type { EnrolmentId, ProfileId } from '#app/lib/ids.ts'
import type { Verdict } from '#app/segments/verdict.ts'
import type { FlowVersion } from './flow-version.ts'
import type { TriggerContext } from './trigger-kind.ts'

/** Somebody whom a trigger would let in. */
export interface Candidate {
  /** What facts about it are kept under. */
  key: string
  flow: FlowVersion
  profileId: ProfileId
  subject: Subject
  context: TriggerContext
  /** When the trigger happened. */
  at: Date
  /** Only events before this one are known yet; null for an absence. */
  eventId: number | null
}

/** The last entries that count for re-entry: into the flow, and about the same subject. */
export interface Past {
  lastEnteredAt: Date | null
  subjectEnteredAt: Date | null
}

/** What the database knows of a candidate. */
export interface AdmissionFacts {
  /** The number that the enrolment will have. */
  enrolmentId: EnrolmentId
  /** Entries that have ended. */
  past: Past
  /** The exit that has happened already since the trigger. */
  exitedBy: string | null
  /** Null when the flow has no entry condition. */
  entry: Verdict | null
}
