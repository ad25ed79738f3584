// Moves on whoever's wait is over, and lets in whoever has been away for long enough: a share per shop, in sets.
import { z } from 'zod'
import { type FlowId, flowId, type ProfileId, profileId, type ShopId, shopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { clearTimers } from './absence-timers.server.ts'
import { admit, isStale } from './admission.ts'
import { loadAdmissionFacts } from './admission-facts.server.ts'
import type { Candidate } from './candidate.ts'
import { type Change, type Enrolment, parkedAt } from './enrolment.ts'
import { openBook } from './enrolment-book.ts'
import { enrolmentColumns, toEnrolment } from './enrolment-rows.server.ts'
import { type FlowVersions, loadFlowVersions, versionKey } from './flow-versions.server.ts'
import { settle } from './settle.server.ts'
import { kindOfTrigger } from './triggers/registry.ts'
import { writeChanges } from './write-enrolments.server.ts'

/** Works on up to `perShop` enrolments and as many absences of each shop; returns on how many altogether. */
export async function advanceDue(
  tx: SystemTx,
  shopIds: readonly ShopId[],
  perShop: number,
  now: Date,
): Promise<number> {
  const due = await selectDue(tx, shopIds, perShop, now)
  if (due.length === 0) return 0
  const enrolments = due.flatMap((each) => (each.kind === 'enrolment' ? each : []))
  const absences = due.flatMap((each) => (each.kind === 'absence' ? each : []))
  const versions = await loadFlowVersions(tx, [...enrolments.map(({ enrolment }) => enrolment), ...absences])

  const parked = enrolments.filter(({ isLive }) => !isLive).map(({ enrolment }) => park(enrolment))
  await clearTimers(tx, absences)
  const entered = await letIn(tx, absences, versions, now)
  const moving = enrolments.filter(({ isLive }) => isLive).map(({ enrolment }) => unchanged(enrolment))
  const travellers = [...moving, ...entered.filter(({ enrolment }) => isDue(enrolment, now))].map((change) => ({
    change,
    flow: versions.get(versionKey(change.enrolment)) ?? null,
    now,
  }))
  const waiting = entered.filter(({ enrolment }) => !isDue(enrolment, now))
  await writeChanges(tx, [...parked, ...waiting, ...(await settle(tx, travellers))], now)
  return due.length
}

const unchanged = (enrolment: Enrolment): Change => ({ before: enrolment, enrolment, visits: [], effects: [] })

/** Someone who entered while the merchant paused the flow: found due once, then left in peace. */
const park = (enrolment: Enrolment): Change => ({
  ...unchanged(enrolment),
  enrolment: { ...enrolment, wakeAt: parkedAt },
})

const isDue = ({ state, wakeAt }: Enrolment, now: Date) => state === 'active' && wakeAt <= now

/** Absences whose flow has been paused or taken back meanwhile begin nothing. */
async function letIn(tx: SystemTx, absences: readonly Absence[], versions: FlowVersions, now: Date): Promise<Change[]> {
  const candidates = absences.flatMap((absence) => candidateOf(absence, versions) ?? [])
  const inTime = candidates.filter((candidate) => !isStale(candidate, now))
  const facts = await loadAdmissionFacts(tx, inTime)
  const book = openBook([])
  for (const candidate of inTime) admit(candidate, facts.get(candidate.key)!, book, now)
  return book.changes()
}

function candidateOf(absence: Absence, versions: FlowVersions): Candidate | null {
  const flow = absence.isLive ? versions.get(versionKey(absence)) : null
  if (!flow) return null
  const kind = kindOfTrigger(flow.definition.trigger)
  if (kind.begins !== 'by-absence') return null
  const { profileId, dueAt } = absence
  const key = `absence/${flow.shopId}/${flow.flowId}/${profileId}`
  return { ...kind.start(flow.definition.trigger), key, flow, profileId, at: dueAt, eventId: null }
}

interface DueEnrolment {
  kind: 'enrolment'
  enrolment: Enrolment
  isLive: boolean
}

interface Absence {
  kind: 'absence'
  shopId: ShopId
  flowId: FlowId
  version: number
  profileId: ProfileId
  dueAt: Date
  isLive: boolean
}

const absenceRowSchema = z.object({
  shop_id: z.int().transform(shopId),
  flow_id: z.int().transform(flowId),
  version: z.int(),
  profile_id: z.int().transform(profileId),
  wake_at: z.date(),
})

/** The longest waiting first. With nothing due this is what a pass costs, so it does no more than look. */
async function selectDue(tx: SystemTx, shopIds: readonly ShopId[], perShop: number, now: Date) {
  const rows = await tx.rows<{ is_absence: boolean; is_live: boolean }>(
    `select ${enrolmentColumns}, false as is_absence,
       (select f.state = 'live' from flow f where f.shop_id = e.shop_id and f.id = e.flow_id) as is_live
     from unnest($1::int[]) as s (shop_id)
     cross join lateral (
       select * from enrolment e where e.shop_id = s.shop_id and e.state = 'active' and e.wake_at <= $2
       order by e.wake_at, e.id limit $3
     ) e
     union all
     select t.shop_id, 0, t.flow_id,
       coalesce((select f.live_version from flow f where f.shop_id = t.shop_id and f.id = t.flow_id), 0),
       t.profile_id, 'profile', 'active', '', 1, t.due_at, null, '{}', 0, 0, t.due_at, null, null, true,
       (select f.state = 'live' from flow f where f.shop_id = t.shop_id and f.id = t.flow_id)
     from unnest($1::int[]) as s (shop_id)
     cross join lateral (
       select * from absence_timer t where t.shop_id = s.shop_id and t.due_at <= $2
       order by t.due_at, t.flow_id, t.profile_id limit $3
     ) t`,
    [shopIds, now, perShop],
  )
  return rows.map((row): DueEnrolment | Absence => {
    if (!row.is_absence) return { kind: 'enrolment', enrolment: toEnrolment(row), isLive: row.is_live }
    const { shop_id, flow_id, version, profile_id, wake_at } = absenceRowSchema.parse(row)
    const ids = { shopId: shop_id, flowId: flow_id, profileId: profile_id }
    return { kind: 'absence', ...ids, version, dueAt: wake_at, isLive: row.is_live }
  })
}
