// What a batch of events does to the flows, decided event by event in their order, so that a batch is worth the same as
// its events one by one: exits first, then ended waits, then beginnings. Pure; what it must know it asks for.
import type { EventType, ShopEvent, Subject } from '#app/events/vocabulary.ts'
import type { FlowId, ProfileId, ShopId } from '#app/lib/ids.ts'
import { admit, isStale } from './admission.ts'
import type { AdmissionFacts, Candidate } from './candidate.ts'
import { after } from './duration.ts'
import { merge, wake } from './enrol.ts'
import { type Change, type Enrolment, endedAs } from './enrolment.ts'
import { type EnrolmentBook, openBook } from './enrolment-book.ts'
import { endsWait, exitReason } from './exits.ts'
import type { FlowVersion } from './flow-version.ts'
import { kindOfTrigger } from './triggers/registry.ts'

/** A stored event as flows see it. */
export interface HeardEvent extends Pick<ShopEvent, 'props' | 'valueMinor' | 'currency'> {
  shopId: ShopId
  id: number
  type: EventType
  profileId: ProfileId | null
  subjects: Subject[]
  occurredAt: Date
}

export interface FlowLookup {
  /** The newest versions of the shop's live flows: paused ones let nobody in. */
  liveOf(shopId: ShopId): readonly FlowVersion[]
  versionOf(enrolment: Pick<Enrolment, 'shopId' | 'flowId' | 'version'>): FlowVersion | null
}

export interface ReactionInput {
  events: readonly HeardEvent[]
  flows: FlowLookup
  /** The active enrolments that the events may concern. */
  running: readonly Enrolment[]
  /** By the candidates' keys. A candidate without facts is asked about. */
  facts: ReadonlyMap<string, AdmissionFacts>
}

export type Reaction = { kind: 'needs'; candidates: Candidate[] } | { kind: 'reacted'; changes: Change[] }

export function react({ events, flows, running, facts }: ReactionInput, now: Date): Reaction {
  const book = openBook(running)
  const unknown: Candidate[] = []
  for (const event of events) {
    endAndWake(event, flows, book, now)
    for (const candidate of candidatesOf(event, flows.liveOf(event.shopId))) {
      if (isStale(candidate, now) || mergeIntoRunning(candidate, flows, book, now)) continue
      const known = facts.get(candidate.key)
      if (known) admit(candidate, known, book, now)
      else unknown.push(candidate)
    }
  }
  return unknown.length > 0 ? { kind: 'needs', candidates: unknown } : { kind: 'reacted', changes: book.changes() }
}

export interface Timer {
  shopId: ShopId
  flowId: FlowId
  profileId: ProfileId
  dueAt: Date
}

/** The absence timers that the events start anew, the latest of each. */
export function timersOf(events: readonly HeardEvent[], flows: FlowLookup): Timer[] {
  const timers = new Map<string, Timer>()
  for (const { shopId, profileId, type, occurredAt } of events) {
    if (profileId === null) continue
    for (const { flowId, definition } of flows.liveOf(shopId)) {
      const kind = kindOfTrigger(definition.trigger)
      if (kind.begins !== 'by-absence' || kind.armedBy !== type) continue
      const dueAt = after(occurredAt, kind.length(definition.trigger))
      const key = `${shopId}/${flowId}/${profileId}`
      const known = timers.get(key)
      if (!known || known.dueAt < dueAt) timers.set(key, { shopId, flowId, profileId, dueAt })
    }
  }
  return [...timers.values()]
}

function endAndWake(event: HeardEvent, flows: FlowLookup, book: EnrolmentBook, now: Date) {
  for (const entry of book.touchedBy(event.shopId, event.profileId, event.subjects)) {
    const { change } = entry
    const flow = flows.versionOf(change.enrolment)
    if (!flow) continue
    const reason = exitReason(flow, change.enrolment, event)
    if (reason !== null) entry.change = { ...change, enrolment: endedAs(change.enrolment, 'exited', reason, now) }
    else if (endsWait(flow, change.enrolment, event)) entry.change = wake(change, flow, event.occurredAt, now)
  }
}

/** Whom the event would let in, were nothing against it. */
export function candidatesOf(event: HeardEvent, live: readonly FlowVersion[]): Candidate[] {
  const { profileId } = event
  if (profileId === null) return []
  return live.flatMap((flow) => {
    const { trigger } = flow.definition
    const kind = kindOfTrigger(trigger)
    if (kind.begins !== 'by-event' || !kind.events.includes(event.type)) return []
    const started = kind.match(trigger, event)
    if (!started) return []
    return { ...started, key: `${event.id}/${flow.flowId}`, flow, profileId, at: event.occurredAt, eventId: event.id }
  })
}

/** True when the candidate's subject runs already: then the event is news about it, under the version it began with. */
function mergeIntoRunning(candidate: Candidate, flows: FlowLookup, book: EnrolmentBook, now: Date): boolean {
  const entry = book.runningOf(candidate).find(({ change }) => change.enrolment.subject === candidate.subject)
  if (!entry) return false
  const flow = flows.versionOf(entry.change.enrolment)
  if (flow) entry.change = merge(entry.change, flow, candidate, now)
  return true
}
