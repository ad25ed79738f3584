// Why a flow did something with a person, or did not, and what it will do: by the engine's own code, writing nothing.
import { type AdmissionGate, admissionGates, timelyGate } from '#app/flows/admission.ts'
import { loadAdmissionFacts } from '#app/flows/admission-facts.server.ts'
import { heardColumns, toHeardEvent } from '#app/flows/dry-run/stored-events.server.ts'
import type { Enrolment } from '#app/flows/enrolment.ts'
import { enrolmentColumns, toEnrolment } from '#app/flows/enrolment-rows.server.ts'
import type { FlowVersion } from '#app/flows/flow-version.ts'
import { loadFlowVersions, versionKey } from '#app/flows/flow-versions.server.ts'
import { candidatesOf } from '#app/flows/react.ts'
import { type LogLine, readPersonLog } from '#app/flows/reports/person-log.server.ts'
import { settle } from '#app/flows/settle.server.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import type { FlowId, ProfileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'

export interface Why {
  /** The newest ways through the flow, each as it was. */
  entries: { enrolment: Enrolment; log: LogLine[]; ahead: PlannedStep[] }[]
  /** The newest triggers that led to no entry, with every gate. */
  refusals: { at: Date; version: number; gates: AdmissionGate[] }[]
}

/** A mail that will be decided on if nothing else happens. */
export interface PlannedStep {
  step: string
  at: Date
}

const shown = 5
const aheadMs = 7 * 86_400_000
const mostPasses = 50

export async function readWhy(
  tx: ShopTx,
  asked: { flowId: FlowId; liveVersion: number | null; profileId: ProfileId },
  now: Date,
): Promise<Why> {
  const { shopId } = tx
  const rows = await tx.rows(
    `select ${enrolmentColumns} from enrolment e where e.shop_id = $1 and e.profile_id = $2 and e.flow_id = $3
     order by e.entered_at desc, e.id desc limit $4`,
    [shopId, asked.profileId, asked.flowId, shown],
  )
  const enrolments = rows.map(toEnrolment)
  const live = asked.liveVersion === null ? [] : [{ shopId, flowId: asked.flowId, version: asked.liveVersion }]
  const versions = await loadFlowVersions(tx, [...enrolments, ...live])
  const entries: Why['entries'] = []
  for (const enrolment of enrolments) {
    const flow = versions.get(versionKey(enrolment)) ?? null
    const log = await readPersonLog(tx, shopId, enrolment.id)
    entries.push({ enrolment, log, ahead: flow ? await lookAhead(tx, flow, enrolment, now) : [] })
  }
  const flow = live[0] ? versions.get(versionKey(live[0])) : null
  return { entries, refusals: flow ? await readRefusals(tx, flow, asked.profileId, enrolments) : [] }
}

/** Moves a copy of the enrolment on a clock of its own, as if nothing else happened. */
async function lookAhead(tx: ShopTx, flow: FlowVersion, enrolment: Enrolment, now: Date): Promise<PlannedStep[]> {
  const planned: PlannedStep[] = []
  const until = new Date(now.getTime() + aheadMs)
  let current = enrolment
  for (let pass = 0; pass < mostPasses && current.state === 'active' && current.wakeAt <= until; pass++) {
    const at = current.wakeAt > now ? current.wakeAt : now
    const change = { before: current, enrolment: current, visits: [], effects: [] }
    const [moved] = await settle(tx, [{ change, flow, now: at }])
    if (!moved || moved.enrolment.attempts > 0) break
    planned.push(...moved.effects.map(({ step }) => ({ step, at })))
    current = moved.enrolment
  }
  return planned
}

/** Asks the live version about the newest triggers that no enrolment came of, as of their own moment. */
async function readRefusals(tx: ShopTx, flow: FlowVersion, profileId: ProfileId, entered: readonly Enrolment[]) {
  const kind = kindOfTrigger(flow.definition.trigger)
  if (kind.begins !== 'by-event') return []
  const rows = await tx.rows<{ received_at: Date }>(
    `select ${heardColumns}, v.received_at from event v
     where v.shop_id = $1 and v.profile_id = $2 and v.type = any($3::text[])
     order by v.occurred_at desc, v.id desc limit $4`,
    [tx.shopId, profileId, kind.events, 4 * shown],
  )
  const candidates = rows
    .flatMap((row) =>
      candidatesOf(toHeardEvent(row), [flow]).map((candidate) => ({ candidate, told: row.received_at })),
    )
    .filter(
      ({ candidate }) =>
        !entered.some(({ subject, enteredAt }) => subject === candidate.subject && enteredAt <= candidate.at),
    )
    .slice(0, shown)
  const facts = await loadAdmissionFacts(
    tx,
    candidates.map(({ candidate }) => candidate),
    { pastUntil: ({ at }) => at },
  )
  return candidates.map(({ candidate, told }) => {
    const known = facts.get(candidate.key)!
    const gates = admissionGates(candidate, known, { past: known.past, running: [] })
    return { at: candidate.at, version: flow.version, gates: [timelyGate(candidate, told), ...gates] }
  })
}
