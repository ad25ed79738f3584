// Lets the live flows hear what has happened: exits, ended waits, absence timers, new enrolments. In the pass's transaction.
import type { SystemTx } from '#app/platform/database.server.ts'
import { armTimers } from './absence-timers.server.ts'
import { loadAdmissionFacts } from './admission-facts.server.ts'
import type { AdmissionFacts } from './candidate.ts'
import { type Change, type Enrolment, isParked } from './enrolment.ts'
import { selectTouched } from './enrolment-rows.server.ts'
import { loadPublishedFlows, type PublishedFlows } from './published-flows.server.ts'
import { type HeardEvent, react, timersOf } from './react.ts'
import { settle } from './settle.server.ts'
import { writeChanges } from './write-enrolments.server.ts'

/** A stored event; history that was told by the first sync is not live, and flows don't hear it. */
export type NewsEvent = HeardEvent & { live: boolean }

export async function reactToEvents(tx: SystemTx, events: readonly NewsEvent[], now: Date): Promise<void> {
  const live = events.filter((event) => event.live)
  if (live.length === 0) return
  const flows = await loadPublishedFlows(tx, [...new Set(live.map((event) => event.shopId))])
  const heard = live.filter((event) => isHeard(event, flows))
  if (heard.length === 0) return
  const running = await selectTouched(tx, heard)
  const changes = await decide(tx, heard, flows, running, now)
  const settled = await settleDue(tx, changes, flows, now)
  await Promise.all([writeChanges(tx, settled, now), armTimers(tx, timersOf(heard, flows))])
}

const isHeard = (event: HeardEvent, flows: PublishedFlows) =>
  flows.versions.some(({ shopId, listensTo }) => shopId === event.shopId && listensTo.has(event.type))

async function decide(
  tx: SystemTx,
  events: readonly HeardEvent[],
  flows: PublishedFlows,
  running: readonly Enrolment[],
  now: Date,
): Promise<Change[]> {
  const facts = new Map<string, AdmissionFacts>()
  // Each round asks about candidates that no round asked about before, so the rounds come to an end.
  for (;;) {
    const reaction = react({ events, flows, running, facts }, now)
    if (reaction.kind === 'reacted') return reaction.changes
    for (const [key, known] of await loadAdmissionFacts(tx, reaction.candidates)) facts.set(key, known)
  }
}

/** Whoever could not go on without asking is asked for now, so that each enrolment is written once. */
async function settleDue(tx: SystemTx, changes: readonly Change[], flows: PublishedFlows, now: Date) {
  const isDue = ({ enrolment }: Change) =>
    enrolment.state === 'active' && enrolment.wakeAt <= now && !isParked(enrolment)
  const due = changes.filter(isDue)
  const settled = await settle(
    tx,
    due.map((change) => ({ change, flow: flows.versionOf(change.enrolment), now })),
  )
  return [...changes.filter((change) => !isDue(change)), ...settled]
}
