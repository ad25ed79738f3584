// The flows' word on messages at the moment of sending, on fresh data: exits, pauses, unread orders, filters.
import type { Subject } from '#app/events/vocabulary.ts'
import type { EnrolmentId, MessageId, ProfileId, ShopId } from '#app/lib/ids.ts'
import type { GateVerdict } from '#app/messages/delivery-policy.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Condition } from '#app/segments/condition.ts'
import { evaluateCondition } from '#app/segments/evaluate.server.ts'
import type { Question, Verdict } from '#app/segments/verdict.ts'
import type { Enrolment } from './enrolment.ts'
import { enrolmentColumns, toEnrolment } from './enrolment-rows.server.ts'
import { type ExitQuestion, selectExits } from './exits.server.ts'
import type { FlowVersion } from './flow-version.ts'
import { loadFlowVersions, versionKey } from './flow-versions.server.ts'
import { gateVerdict } from './gate.ts'
import { carefully } from './look-up.server.ts'
import { conditionKey } from './needs.ts'

export interface GatedMessage {
  shopId: ShopId
  id: MessageId
  enrolmentId: EnrolmentId
  profileId: ProfileId
  subject: Subject
}

/** One verdict per message. */
export async function gateMessages(
  tx: SystemTx,
  messages: readonly GatedMessage[],
  now: Date,
): Promise<Map<MessageId, GateVerdict>> {
  const verdicts = new Map<MessageId, GateVerdict>(messages.map(({ id }) => [id, noEnrolment]))
  if (messages.length === 0) return verdicts
  const rows = await selectStates(tx, messages, now)
  const versions = await loadFlowVersions(
    tx,
    rows.map(({ enrolment }) => enrolment),
  )
  const states = rows.map((row) => ({ ...row, flow: versions.get(versionKey(row.enrolment)) ?? null }))
  const exits = await exitsOfCompleted(tx, states)
  const passing: { id: MessageId; enrolment: Enrolment; filter: Condition }[] = []
  for (const { id, enrolment, flow, ...rest } of states) {
    const { state, endReason } = enrolment
    const verdict = gateVerdict({ ...rest, state, endReason, flow, exitedBy: exits.get(enrolment) ?? null }, now)
    verdicts.set(id, verdict)
    const filter = flow?.definition.filter
    if (verdict.kind === 'go' && filter) passing.push({ id, enrolment, filter })
  }
  for (const [id, verdict] of await askFilters(tx, passing, now)) verdicts.set(id, verdict)
  return verdicts
}

const noEnrolment: GateVerdict = { kind: 'skip', reason: 'no_enrolment' }

/** An enrolment that runs has heard every event; one that is completed hears none, so its exits are looked up. */
async function exitsOfCompleted(tx: SystemTx, states: readonly { enrolment: Enrolment; flow: FlowVersion | null }[]) {
  const completed = states.flatMap(({ enrolment, flow }) =>
    flow && enrolment.state === 'completed' ? { enrolment, flow } : [],
  )
  const reasons = await selectExits(
    tx,
    completed.map(({ enrolment, flow }) => exitQuestion(enrolment, flow)),
  )
  return new Map(completed.map(({ enrolment }, index) => [enrolment, reasons[index] ?? null]))
}

/** The trigger itself ends nothing. */
function exitQuestion({ profileId, subject, context, enteredAt }: Enrolment, flow: FlowVersion): ExitQuestion {
  const at = new Date(enteredAt.getTime() + 1)
  return { flow, profileId, subject, trigger: context.trigger, at, eventId: null }
}

interface FilterQuestion {
  id: MessageId
  enrolment: Enrolment
  filter: Condition
}

async function askFilters(tx: SystemTx, asked: readonly FilterQuestion[], now: Date) {
  const verdicts: [MessageId, GateVerdict][] = []
  for (const alike of Map.groupBy(asked, ({ filter }) => conditionKey(filter)).values()) {
    const ask = (some: readonly FilterQuestion[]) =>
      carefully<(Verdict | null)[]>(
        tx,
        () =>
          evaluateCondition(
            tx,
            some[0]!.filter,
            some.map(({ enrolment }) => questionOf(enrolment, now)),
          ),
        () => some.map(() => null),
      )
    const together = await ask(alike)
    for (const [index, question] of alike.entries()) {
      const verdict = together[index] ?? (await ask([question]))[0] ?? null
      verdicts.push([question.id, filterVerdict(verdict, now)])
    }
  }
  return verdicts
}

/** A filter that can't be answered holds the message back; the delivery policy knows for how long. */
function filterVerdict(verdict: Verdict | null, now: Date): GateVerdict {
  if (!verdict) return { kind: 'defer', until: new Date(now.getTime() + 600_000), reason: 'filter_unanswerable' }
  return { ...(verdict.passes ? { kind: 'go' } : { kind: 'skip', reason: 'filter' }), seen: verdict.seen }
}

const questionOf = ({ shopId, profileId, enteredAt, subject }: Enrolment, now: Date): Question => ({
  shopId,
  profileId,
  asOf: now,
  enteredAt,
  subject,
})

interface StateRow {
  message_id: MessageId
  is_paused: boolean
  has_unread_orders: boolean
  checkout_began_at: Date | null
}

/** What was set aside as unreadable does not count as unread: it would hold up the shop's mails for ever. */
async function selectStates(tx: SystemTx, messages: readonly GatedMessage[], now: Date) {
  const rows = await tx.rows<StateRow>(
    `with unread as materialized (
       select s.shop_id from (select distinct s.shop_id from unnest($1::int[]) as s (shop_id)) s
       where exists (
         select from inbox i where i.shop_id = s.shop_id and i.set_aside_at is null and i.received_at <= $5
           and i.topic like 'orders/%'
       )
     )
     select m.id as message_id, ${enrolmentColumns}, f.state <> 'live' as is_paused,
       m.shop_id in (select shop_id from unread) as has_unread_orders, c.created_at as checkout_began_at
     from unnest($1::int[], $2::uuid[], $3::bigint[], $4::text[]) as m (shop_id, id, enrolment_id, subject)
     join enrolment e on e.shop_id = m.shop_id and e.id = m.enrolment_id
     join flow f on f.shop_id = e.shop_id and f.id = e.flow_id
     left join checkout c on c.shop_id = m.shop_id and m.subject like 'checkout:%' and c.token = substr(m.subject, 10)`,
    [
      messages.map((message) => message.shopId),
      messages.map((message) => message.id),
      messages.map((message) => message.enrolmentId),
      messages.map((message) => message.subject),
      now,
    ],
  )
  return rows.map((row) => ({
    id: row.message_id,
    enrolment: toEnrolment(row),
    isPaused: row.is_paused,
    hasUnreadOrders: row.has_unread_orders,
    checkoutBeganAt: row.checkout_began_at,
  }))
}
