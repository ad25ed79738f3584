// The last events that could have begun a flow, each with what every gate says of it and the values that it saw.
import { type AdmissionGate, admissionGates, timelyGate } from '#app/flows/admission.ts'
import { loadAdmissionFacts } from '#app/flows/admission-facts.server.ts'
import type { Candidate } from '#app/flows/candidate.ts'
import type { Enrolment } from '#app/flows/enrolment.ts'
import { enrolmentColumns, toEnrolment } from '#app/flows/enrolment-rows.server.ts'
import type { FlowVersion } from '#app/flows/flow-version.ts'
import { candidatesOf, type HeardEvent } from '#app/flows/react.ts'
import { kindOfTrigger } from '#app/flows/triggers/registry.ts'
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { heardColumns, toHeardEvent } from './stored-events.server.ts'

/** A gate of admission, or one of two before it: that the person is known, and that the event is about something. */
export type EntryGate = AdmissionGate | { gate: 'known' | 'about'; passes: boolean; seen: AdmissionGate['seen'] }

export interface WouldEnter {
  key: string
  at: Date
  profileId: ProfileId | null
  name: string | null
  email: string | null
  /** The event's type; null for an absence that was completed. */
  type: string | null
  gates: EntryGate[]
  enters: boolean
}

const most = 50

/** The latest first. */
export async function whoWouldEnter(tx: Tx, flow: FlowVersion, now: Date): Promise<WouldEnter[]> {
  const kind = kindOfTrigger(flow.definition.trigger)
  const asked = kind.begins === 'by-event' ? await fromEvents(tx, flow, kind.events) : await fromAbsences(tx, flow, now)
  const candidates = asked.flatMap(({ candidate }) => candidate ?? [])
  const facts = await loadAdmissionFacts(tx, candidates, { pastUntil: ({ at }) => at })
  const running = await selectRunning(tx, candidates)
  const people = await selectPeople(tx, flow.shopId, asked)
  return asked.map(({ key, at, heardAt, profileId, type, candidate }) => {
    const gates: EntryGate[] = [{ gate: 'known', passes: profileId !== null, seen: {} }]
    if (profileId !== null) gates.push({ gate: 'about', passes: candidate !== null, seen: {} })
    if (candidate) {
      const standing = { ...facts.get(candidate.key)!, running: running.get(candidate.key) ?? [] }
      gates.push(timelyGate(candidate, heardAt), ...admissionGates(candidate, standing, standing))
    }
    const person = profileId === null ? undefined : people.get(profileId)
    const { name = null, email = null } = person ?? {}
    return { key, at, profileId, name, email, type, gates, enters: gates.every(({ passes }) => passes) }
  })
}

interface AskedAbout {
  key: string
  at: Date
  heardAt: Date
  profileId: ProfileId | null
  type: string | null
  candidate: Candidate | null
}

/** By their numbers, the newest first: looking for them by time would read every event of the shop. */
async function fromEvents(tx: Tx, flow: FlowVersion, types: readonly string[]): Promise<AskedAbout[]> {
  const rows = await tx.rows<{ received_at: Date }>(
    `select ${heardColumns}, v.received_at from event v
     where v.shop_id = $1 and v.type = any($2::text[]) order by v.id desc limit $3`,
    [flow.shopId, types, most],
  )
  return rows.map((row) => {
    const event: HeardEvent = toHeardEvent(row)
    const [candidate = null] = candidatesOf(event, [flow])
    const { occurredAt: at, profileId, type } = event
    return { key: String(event.id), at, heardAt: row.received_at, profileId, type, candidate }
  })
}

/** Whose absence was completed last, counted from their last standing order. */
async function fromAbsences(tx: Tx, flow: FlowVersion, now: Date): Promise<AskedAbout[]> {
  const { trigger } = flow.definition
  const kind = kindOfTrigger(trigger)
  if (kind.begins !== 'by-absence') return []
  const { days = 0 } = kind.length(trigger)
  const rows = await tx.rows<{ profile_id: number; due_at: Date }>(
    `select o.profile_id, max(o.placed_at) + make_interval(days => $2) as due_at
     from shop_order o
     where o.shop_id = $1 and o.profile_id is not null and o.cancelled_at is null and o.deleted_at is null
     group by o.profile_id having max(o.placed_at) + make_interval(days => $2) <= $3
     order by due_at desc, o.profile_id limit $4`,
    [flow.shopId, days, now, most],
  )
  return rows.map(({ profile_id, due_at: at }) => {
    const id = profileId(profile_id)
    const key = `absence/${id}`
    const candidate: Candidate = { ...kind.start(trigger), key, flow, profileId: id, at, eventId: null }
    return { key, at, heardAt: at, profileId: id, type: null, candidate }
  })
}

/** The enrolments that ran at the candidates' moments, by the candidates' keys. */
async function selectRunning(tx: Tx, candidates: readonly Candidate[]): Promise<Map<string, Enrolment[]>> {
  if (candidates.length === 0) return new Map()
  const rows = await tx.rows<{ key: string }>(
    `select ${enrolmentColumns}, c.key
     from unnest($1::int[], $2::int[], $3::bigint[], $4::timestamptz[], $5::text[])
       as c (shop_id, flow_id, profile_id, at, key)
     join enrolment e on e.shop_id = c.shop_id and e.profile_id = c.profile_id and e.flow_id = c.flow_id
       and e.entered_at < c.at and (e.ended_at is null or e.ended_at > c.at)`,
    [
      candidates.map(({ flow }) => flow.shopId),
      candidates.map(({ flow }) => flow.flowId),
      candidates.map((candidate) => candidate.profileId),
      candidates.map((candidate) => candidate.at),
      candidates.map((candidate) => candidate.key),
    ],
  )
  const running = new Map<string, Enrolment[]>()
  for (const row of rows) running.set(row.key, [...(running.get(row.key) ?? []), toEnrolment(row)])
  return running
}

async function selectPeople(tx: Tx, shopId: ShopId, asked: readonly AskedAbout[]) {
  const ids = [...new Set(asked.flatMap(({ profileId }) => profileId ?? []))]
  const rows = await tx.rows<{ id: number; name: string | null; email: string | null }>(
    `select id, nullif(concat_ws(' ', first_name, last_name), '') as name, email from profile
     where shop_id = $1 and id = any($2::bigint[])`,
    [shopId, ids],
  )
  return new Map(rows.map((row) => [profileId(row.id), row]))
}
