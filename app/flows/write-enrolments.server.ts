// Writes what a batch has made of its enrolments, with their visits, and queues the messages that it decided on.
import { derivedUuid, messageId } from '#app/lib/ids.ts'
import { queueMessages } from '#app/messages/outbox.server.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Change, Enrolment } from './enrolment.ts'

/** What another has changed in the meantime is left as it is, and nothing is sent for it. */
export async function writeChanges(tx: SystemTx, changes: readonly Change[], now: Date): Promise<void> {
  const fresh = changes.filter((change) => change.before === null)
  const known = changes.filter((change) => change.before !== null)
  // Those that end come first: one that makes way must be over before its successor begins.
  const written = await Promise.all([updateEnrolments(tx, known), insertEnrolments(tx, fresh)])
  const keys = new Set(written.flat().map(({ shop_id, id }) => `${shop_id}/${id}`))
  const kept = changes.filter(({ enrolment }) => keys.has(`${enrolment.shopId}/${enrolment.id}`))
  await queueMessages(
    tx,
    kept.flatMap((change) => draftsOf(change, now)),
  )
}

/** The id follows from the visit: a decision made twice is one message. */
function draftsOf({ enrolment, effects }: Change, now: Date) {
  const { shopId, id: enrolmentId, profileId, flowId, version: flowVersion, subject } = enrolment
  return effects.map(({ step, occurrence, templateId, class: messageClass }) => ({
    shopId,
    id: messageId(derivedUuid('message', shopId, enrolmentId, step, occurrence)),
    profileId,
    flowId,
    flowVersion,
    enrolmentId,
    step,
    templateId,
    channel: 'email' as const,
    class: messageClass,
    subject,
    createdAt: now,
    dueAt: now,
  }))
}

interface Written {
  shop_id: number
  id: number
}

/** `$1` to `$7`: the visits of all changes; kept only where the enrolment was. */
const visitsOf = (written: string) => `insert into visit (shop_id, enrolment_id, step, occurrence, at, verdict, seen)
  select v.shop_id, v.enrolment_id, v.step, v.occurrence, v.at, v.verdict, v.seen::jsonb
  from unnest($1::int[], $2::bigint[], $3::text[], $4::int[], $5::timestamptz[], $6::text[], $7::text[])
    as v (shop_id, enrolment_id, step, occurrence, at, verdict, seen)
  join ${written} w on w.shop_id = v.shop_id and w.id = v.enrolment_id
  on conflict do nothing`

const movingTypes = `$8::int[], $9::bigint[], $10::int[], $11::text[], $12::text[], $13::int[], $14::timestamptz[],
  $15::text[], $16::text[], $17::int[], $18::timestamptz[], $19::text[]`
const movingColumns =
  'shop_id, id, version, state, step, occurrence, wake_at, waits_for, context, attempts, ended_at, end_reason'

async function updateEnrolments(tx: SystemTx, changes: readonly Change[]): Promise<Written[]> {
  if (changes.length === 0) return []
  const revisions = changes.map(({ enrolment }) => enrolment.revision)
  return tx.rows<Written>(
    `with moved as (select * from unnest(${movingTypes}, $20::int[]) as m (${movingColumns}, revision)),
     written as (
       update enrolment e set version = m.version, state = m.state, step = m.step, occurrence = m.occurrence,
         wake_at = m.wake_at, waits_for = m.waits_for, context = m.context::jsonb, attempts = m.attempts,
         ended_at = m.ended_at, end_reason = m.end_reason, revision = e.revision + 1
       from moved m
       where e.shop_id = m.shop_id and e.id = m.id and e.revision = m.revision and e.state = 'active'
       returning e.shop_id, e.id
     ),
     noted as (${visitsOf('written')})
     select shop_id, id from written`,
    [...visitValues(changes), ...movingValues(changes), revisions],
  )
}

async function insertEnrolments(tx: SystemTx, changes: readonly Change[]): Promise<Written[]> {
  if (changes.length === 0) return []
  const column = <Value>(of: (enrolment: Enrolment) => Value) => changes.map(({ enrolment }) => of(enrolment))
  return tx.rows<Written>(
    `with entered as (
       select * from unnest(${movingTypes}, $20::int[], $21::bigint[], $22::text[], $23::timestamptz[])
         as m (${movingColumns}, flow_id, profile_id, subject, entered_at)
     ),
     written as (
       insert into enrolment (${movingColumns}, flow_id, profile_id, subject, entered_at)
       select shop_id, id, version, state, step, occurrence, wake_at, waits_for, context::jsonb, attempts, ended_at,
         end_reason, flow_id, profile_id, subject, entered_at
       from entered order by shop_id, id
       on conflict (shop_id, flow_id, profile_id, subject) where state = 'active' do nothing
       returning shop_id, id
     ),
     noted as (${visitsOf('written')})
     select shop_id, id from written`,
    [
      ...visitValues(changes),
      ...movingValues(changes),
      column((enrolment) => enrolment.flowId),
      column((enrolment) => enrolment.profileId),
      column((enrolment) => enrolment.subject),
      column((enrolment) => enrolment.enteredAt),
    ],
  )
}

function visitValues(changes: readonly Change[]) {
  const visits = changes.flatMap(({ enrolment, visits }) => visits.map((visit) => ({ enrolment, visit })))
  return [
    visits.map(({ enrolment }) => enrolment.shopId),
    visits.map(({ enrolment }) => enrolment.id),
    visits.map(({ visit }) => visit.step),
    visits.map(({ visit }) => visit.occurrence),
    visits.map(({ visit }) => visit.at),
    visits.map(({ visit }) => visit.verdict),
    visits.map(({ visit }) => JSON.stringify(visit.seen)),
  ]
}

function movingValues(changes: readonly Change[]) {
  const column = <Value>(of: (enrolment: Enrolment) => Value) => changes.map(({ enrolment }) => of(enrolment))
  return [
    column((enrolment) => enrolment.shopId),
    column((enrolment) => enrolment.id),
    column((enrolment) => enrolment.version),
    column((enrolment) => enrolment.state),
    column((enrolment) => enrolment.step),
    column((enrolment) => enrolment.occurrence),
    column((enrolment) => enrolment.wakeAt),
    column((enrolment) => enrolment.waitsFor),
    column((enrolment) => JSON.stringify(enrolment.context)),
    column((enrolment) => enrolment.attempts),
    column((enrolment) => enrolment.endedAt),
    column((enrolment) => enrolment.endReason),
  ]
}
