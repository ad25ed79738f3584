// Plays events through one version of a flow on a clock of its own, by the engine's own rules, and writes nothing.
//
// People don't meet in a flow, so each enrolment has its own time: before an event is heard, whoever it concerns is moved
// up to its moment; all the others are moved together, each at the moment at which its wait is over.
import { admit } from '#app/flows/admission.ts'
import { type Hindsight, loadAdmissionFacts } from '#app/flows/admission-facts.server.ts'
import type { AdmissionFacts, Candidate } from '#app/flows/candidate.ts'
import { type Change, type Effect, type Enrolment, isParked } from '#app/flows/enrolment.ts'
import { openBook } from '#app/flows/enrolment-book.ts'
import type { FlowVersion } from '#app/flows/flow-version.ts'
import { candidatesOf, type FlowLookup, type HeardEvent, react, type Timer, timersOf } from '#app/flows/react.ts'
import { settle } from '#app/flows/settle.server.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import { type EnrolmentId, enrolmentId, type ProfileId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/** A mail that the flow would decide on. */
export interface PlannedMail extends Effect {
  enrolment: Enrolment
  at: Date
}

export interface Simulation {
  /** Sets the absence timers that earlier events would have set. */
  arm(events: readonly HeardEvent[]): void
  /** Hears events, all of which happened later than what was heard before, in their order. */
  hear(tx: Tx, events: readonly HeardEvent[]): Promise<void>
  /** Moves everybody whose wait is over by `until`. */
  passTime(tx: Tx, until: Date): Promise<void>
  enrolments(): Enrolment[]
  mails(): PlannedMail[]
}

export function createSimulation(flow: FlowVersion, hindsight: Hindsight): Simulation {
  const lookup: FlowLookup = { liveOf: () => [flow], versionOf: () => flow }
  const people = new Map<ProfileId, Map<EnrolmentId, Enrolment>>()
  const owners = new Map<string, ProfileId>()
  const timers = new Map<ProfileId, Timer>()
  const planned: PlannedMail[] = []
  let drawn = 0

  const ofProfile = (profileId: ProfileId) => [...(people.get(profileId)?.values() ?? [])]
  const numbered = (facts: AdmissionFacts) => ({ ...facts, enrolmentId: enrolmentId(++drawn) })

  function keep(change: Change, now: Date) {
    const { enrolment, effects } = change
    const own = people.get(enrolment.profileId) ?? new Map<EnrolmentId, Enrolment>()
    people.set(enrolment.profileId, own.set(enrolment.id, enrolment))
    if (enrolment.subject !== 'profile') owners.set(enrolment.subject, enrolment.profileId)
    planned.push(...effects.map((effect) => ({ ...effect, enrolment, at: now })))
  }

  async function keepSettled(tx: Tx, changes: readonly { change: Change; now: Date }[]) {
    const due = changes.filter(({ change, now }) => isDue(change.enrolment, now))
    for (const { change, now } of changes) if (!isDue(change.enrolment, now)) keep(change, now)
    const travellers = due.map(({ change, now }) => ({ change, flow, now, isDryRun: true }))
    // Answers come in an order of their own; each traveller is settled as of its own moment.
    const moments = new Map(due.map(({ change, now }) => [change.enrolment.id, now]))
    for (const change of await settle(tx, travellers)) keep(change, moments.get(change.enrolment.id)!)
  }

  /** Whoever is due among `some` by `until`, until nobody is. */
  async function advance(tx: Tx, some: () => Iterable<ProfileId>, until: Date) {
    for (;;) {
      await letInAbsent(tx, some, until)
      const due = [...some()].flatMap(ofProfile).filter((each) => isDue(each, until))
      if (due.length === 0) return
      await keepSettled(
        tx,
        due.map((enrolment) => ({ change: unchanged(enrolment), now: enrolment.wakeAt })),
      )
    }
  }

  async function letInAbsent(tx: Tx, some: () => Iterable<ProfileId>, until: Date) {
    const { trigger } = flow.definition
    const kind = kindOfTrigger(trigger)
    if (kind.begins !== 'by-absence') return
    const due = [...some()].flatMap((id) => timers.get(id) ?? []).filter(({ dueAt }) => dueAt <= until)
    const candidates = due.map(({ profileId, dueAt }): Candidate => {
      timers.delete(profileId)
      return { ...kind.start(trigger), key: `absence/${profileId}`, flow, profileId, at: dueAt, eventId: null }
    })
    const facts = await loadAdmissionFacts(tx, candidates, hindsight)
    const entered = candidates.flatMap((candidate) => {
      const book = openBook(ofProfile(candidate.profileId))
      admit(candidate, numbered(facts.get(candidate.key)!), book, candidate.at)
      return book.changes().map((change) => ({ change, now: candidate.at }))
    })
    await keepSettled(tx, entered)
  }

  async function hearOne(tx: Tx, event: HeardEvent, facts: ReadonlyMap<string, AdmissionFacts>) {
    const now = event.occurredAt
    const concerned = new Set(event.subjects.flatMap((subject) => owners.get(subject) ?? []))
    if (event.profileId !== null) concerned.add(event.profileId)
    await advance(tx, () => concerned, now)
    const running = [...concerned].flatMap(ofProfile)
    const reaction = react({ events: [event], flows: lookup, running, facts }, now)
    if (reaction.kind === 'needs') return
    await keepSettled(
      tx,
      reaction.changes.map((change) => ({ change, now })),
    )
    for (const timer of timersOf([event], lookup)) setTimer(timer)
  }

  function setTimer(timer: Timer) {
    const known = timers.get(timer.profileId)
    if (!known || known.dueAt < timer.dueAt) timers.set(timer.profileId, timer)
  }

  return {
    arm(events) {
      for (const timer of timersOf(events, lookup)) setTimer(timer)
    },
    async hear(tx, events) {
      const candidates = events.flatMap((event) => candidatesOf(event, [flow]))
      const facts = new Map(
        [...(await loadAdmissionFacts(tx, candidates, hindsight))].map(([key, each]) => [key, numbered(each)]),
      )
      for (const event of events) await hearOne(tx, event, facts)
    },
    passTime: (tx, until) => advance(tx, () => new Set([...people.keys(), ...timers.keys()]), until),
    enrolments: () => [...people.values()].flatMap((own) => [...own.values()]),
    mails: () => planned,
  }
}

const unchanged = (enrolment: Enrolment): Change => ({ before: enrolment, enrolment, visits: [], effects: [] })

const isDue = (enrolment: Enrolment, now: Date) =>
  enrolment.state === 'active' && enrolment.wakeAt <= now && !isParked(enrolment)
