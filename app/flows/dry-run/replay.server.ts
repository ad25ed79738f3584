// Plays the last weeks' stored events through a draft and tells what would have come of it. Day by day, so that it can
// say how far it is, and be stopped. It writes nothing.

import { durationMs } from '#app/flows/duration.ts'
import type { FlowVersion } from '#app/flows/flow-version.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { judgeMails } from './mail-verdicts.server.ts'
import { overlapsWith } from './overlaps.server.ts'
import type { ReplayReport } from './replay-report.ts'
import { createSimulation, type Simulation } from './simulation.server.ts'
import { readStretch } from './stored-events.server.ts'

export interface ReplayRequest {
  flow: FlowVersion
  days: number
  /** The present: what is replayed lies before it. */
  now: Date
}

export interface ReplayDeps {
  /** A short transaction of its own for each day: a long one would hold up everybody's cleaning. */
  read<Result>(work: (tx: Tx) => Promise<Result>): Promise<Result>
  /** Told after each day; the replay stops when it answers false. */
  onDay(progress: number): Promise<boolean>
}

const dayMs = 86_400_000

/** Null when it was stopped. */
export async function replayFlow(deps: ReplayDeps, request: ReplayRequest): Promise<ReplayReport | null> {
  const { flow, days, now } = request
  const from = new Date(now.getTime() - days * dayMs)
  const simulation = createSimulation(flow, { pastUntil: () => from })
  await deps.read((tx) => armFromBefore(tx, simulation, flow, from))
  for (let day = 0; day < days; day++) {
    const begin = new Date(from.getTime() + day * dayMs)
    const end = new Date(begin.getTime() + dayMs)
    await deps.read(async (tx) => {
      const events = await readStretch(tx, flow.shopId, { types: [...flow.listensTo], from: begin, to: end })
      await simulation.hear(tx, events)
      await simulation.passTime(tx, end)
    })
    if (!(await deps.onDay((day + 1) / days))) return null
  }
  return deps.read((tx) => reportOn(tx, simulation, { flow, days, now }))
}

/** Absences that began before the stretch and are completed in it. */
async function armFromBefore(tx: Tx, simulation: Simulation, flow: FlowVersion, from: Date) {
  const { trigger } = flow.definition
  const kind = kindOfTrigger(trigger)
  if (kind.begins !== 'by-absence') return
  const since = new Date(from.getTime() - durationMs(kind.length(trigger)))
  simulation.arm(await readStretch(tx, flow.shopId, { types: [kind.armedBy], from: since, to: from }))
}

async function reportOn(tx: Tx, simulation: Simulation, { flow, days, now }: ReplayRequest): Promise<ReplayReport> {
  const verdicts = await judgeMails(tx, flow.shopId, simulation.mails())
  const enrolments = simulation.enrolments()
  const from = now.getTime() - days * dayMs
  const perDay = Array.from({ length: days }, () => 0)
  for (const { sentAt } of verdicts)
    if (sentAt && sentAt <= now) {
      const day = Math.min(days - 1, Math.floor((sentAt.getTime() - from) / dayMs))
      perDay[day] = (perDay[day] ?? 0) + 1
    }
  const sent = verdicts.flatMap(({ mail, sentAt }) =>
    sentAt && sentAt <= now ? { profileId: mail.enrolment.profileId, at: sentAt } : [],
  )
  return {
    days,
    until: now.toISOString(),
    entered: enrolments.length,
    people: new Set(enrolments.map(({ profileId }) => profileId)).size,
    ended: countBy(enrolments.flatMap(({ state, endReason }) => (state === 'active' ? [] : (endReason ?? state)))),
    stillIn: enrolments.filter(({ state }) => state === 'active').length,
    mails: sent.length,
    mailsPerDay: perDay,
    mailsByStep: countBy(verdicts.filter(({ sentAt }) => sentAt && sentAt <= now).map(({ mail }) => mail.step)),
    skipped: countBy(verdicts.flatMap(({ reason }) => reason ?? [])),
    overlaps: await overlapsWith(tx, { shopId: flow.shopId, flowId: flow.flowId }, sent),
  }
}

function countBy(words: readonly string[]): Record<string, number> {
  const counts: Record<string, number> = {}
  for (const word of words) counts[word] = (counts[word] ?? 0) + 1
  return counts
}
