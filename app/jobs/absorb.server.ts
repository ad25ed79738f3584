// Takes in a batch of deliveries: everything that they say about people, orders and the rest, and the events they tell.

import { appendEvents, type NewEvent, type StoredEvent } from '#app/events/event-store.server.ts'
import { archiveInbox, type InboxRow, setAsideInbox } from '#app/events/inbox.server.ts'
import type { Observation, ShopFact } from '#app/events/observation.ts'
import { observe, UnreadablePayloadError } from '#app/events/observe.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { ApplyMessageFacts } from '#app/messages/message-facts.server.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { PersonStatement } from '#app/profiles/person-statement.ts'
import { recordStatements, type StatementOutcome } from '#app/profiles/record-statements.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import { discardDeliveries } from './absorb-discard.server.ts'
import { eventsOf, isLive } from './absorb-events.ts'
import { stateKey, type UnderstoodRow, type WrittenState, writeState } from './absorb-state.server.ts'
import { personStatement } from './absorb-statements.ts'
import { storable } from './absorb-storable.ts'

export interface AbsorbDeps {
  directory: Pick<ShopDirectory, 'byIds'>
  /** Keys the hashes of addresses. */
  pepper: string
  applyMessageFacts: ApplyMessageFacts
  log: Log
}

export interface Absorbed {
  /** In order of arrival. */
  events: StoredEvent[]
  /** What the platform said of the shops themselves, for the caller to act on. */
  shopFacts: { shopId: ShopId; fact: ShopFact }[]
  processed: number
  setAside: number
}

/**
 * Absorbs `rows`, which are in order of arrival. The caller holds the lanes of their shops, so nobody else changes their
 * state. A delivery that cannot be understood is set aside; the others are not held up by it.
 */
export async function absorb(tx: SystemTx, rows: readonly InboxRow[], now: Date, deps: AbsorbDeps): Promise<Absorbed> {
  const { understood, failed } = await understand(tx, rows, deps)
  const people = await absorbPeople(tx, understood, now, deps)
  const about = understood.map((row, index) => ({ ...row, profileId: people.rows[index]!.profileId }))
  const state = await writeState(tx, about, people)
  const settled = settle(about, people.rows, state)
  const done = settled.map(({ shopId, row, profileId, isErased }) => ({ shopId, id: row.id, profileId, isErased }))
  const kept = done.filter(({ isErased }) => !isErased)
  const erased = done.filter(({ isErased }) => isErased)
  // These don't wait for each other's answers.
  const [events] = await Promise.all([
    appendEvents(tx, settled.flatMap(newEvents), now),
    archiveInbox(tx, kept, now),
    discardDeliveries(tx, erased),
    setAsideInbox(tx, failed, now),
  ])
  return {
    events,
    shopFacts: understood.flatMap(({ shopId, observation: { shop } }) => (shop ? [{ shopId, fact: shop }] : [])),
    processed: understood.length,
    setAside: failed.length,
  }
}

interface ObservedRow {
  shopId: ShopId
  row: InboxRow
  observation: Observation
  currency: string
  toldAt: Date
}

async function understand(tx: SystemTx, rows: readonly InboxRow[], { directory, log }: AbsorbDeps) {
  const shops = await directory.byIds(tx, [...new Set(rows.map(({ shopId }) => shopId))])
  const understood: ObservedRow[] = []
  const failed: { shopId: ShopId; id: number; error: string }[] = []
  for (const row of rows) {
    const { shopId, id, topic } = row
    try {
      const shop = shops.get(shopId)
      if (!shop) throw new UnreadablePayloadError('unknown shop')
      const { currency, domain } = shop
      const observation = storable(observe({ ...row, currency }))
      // What Shopify signed for one shop must not be turned against another by a header.
      if (observation.aboutShop !== undefined && observation.aboutShop !== domain)
        throw new UnreadablePayloadError('it is about another shop')
      understood.push({ shopId, row, observation, currency, toldAt: row.triggeredAt ?? row.receivedAt })
    } catch (cause) {
      const error = reasonOf(cause)
      failed.push({ shopId, id, error })
      log.warn({ shopId, inboxId: id, topic, error }, 'delivery.set_aside')
    }
  }
  return { understood, failed }
}

/** Only our own errors are known to be free of personal data; of others the place must do. */
function reasonOf(cause: unknown): string {
  if (cause instanceof UnreadablePayloadError) return cause.message
  if (!(cause instanceof Error)) return 'unexpected error'
  return `unexpected ${cause.name}${cause.stack?.match(/\n\s+at [^\n]+/)?.[0].replace(/\s+/g, ' ') ?? ''}`
}

/** Messages first: they change consent, which the statements then build upon. */
async function absorbPeople(tx: SystemTx, rows: readonly ObservedRow[], now: Date, deps: AbsorbDeps) {
  const withMessage = rows.flatMap((row) => (row.observation.message ? [{ row, fact: row.observation.message }] : []))
  const reports = withMessage.map(({ row, fact }) => ({ shopId: row.shopId, fact }))
  const recipients = reports.length > 0 ? await deps.applyMessageFacts(tx, reports, now) : []
  const outcomes = new Map<ObservedRow, StatementOutcome>(
    withMessage.map(({ row }, index) => [row, { ...aboutNobody, profileId: recipients[index] ?? null }]),
  )
  const stating = rows.flatMap((row): { row: ObservedRow; statement: PersonStatement }[] => {
    const statement = personStatement(row.shopId, row.observation, row.toldAt)
    return statement ? [{ row, statement }] : []
  })
  const recorded = await recordStatements(
    tx,
    stating.map(({ statement }) => statement),
    now,
    deps.pepper,
  )
  for (const [index, { row }] of stating.entries()) outcomes.set(row, recorded.outcomes[index]!)
  return { ...recorded, rows: rows.map((row) => outcomes.get(row) ?? aboutNobody) }
}

const aboutNobody: StatementOutcome = { profileId: null, isErased: false, consentChange: null }

interface SettledRow extends ObservedRow {
  profileId: ProfileId | null
  isErased: boolean
  events: NewEvent[]
}

/** Tells of each delivery, in order of arrival, which events it brings and whom they are about. */
function settle(
  rows: readonly (ObservedRow & UnderstoodRow)[],
  outcomes: readonly StatementOutcome[],
  state: WrittenState,
): SettledRow[] {
  const orders = new Map(state.knownOrders.map((order) => [stateKey(order.shopId, order.orderId), order]))
  const saved = new Map(state.savedOrders.map((order) => [stateKey(order.shopId, order.orderId), order]))
  return rows.map((row, index) => {
    const { shopId, observation, toldAt } = row
    const { isErased, consentChange } = outcomes[index]!
    const orderId = observation.order?.orderId ?? observation.refund?.orderId ?? observation.fulfilment?.orderId
    const orderKey = orderId === undefined ? '' : stateKey(shopId, orderId)
    const savedOrder = observation.order ? saved.get(orderKey) : undefined
    // Only the first delivery that brings a new order tells what had been waiting for it.
    const held = savedOrder?.isNew && !orders.has(orderKey) ? savedOrder.held : null
    if (savedOrder) orders.set(orderKey, { ...orders.get(orderKey), ...savedOrder })
    const order = orders.get(orderKey) ?? null
    const profileId = row.profileId ?? order?.profileId ?? null
    const aftermath = { order, held, consentChange, toldAt }
    const isOver = observation.checkout && state.completedCheckouts.has(stateKey(shopId, observation.checkout.token))
    const events = eventsOf(observation, aftermath).map((event) => ({
      ...event,
      shopId,
      profileId,
      live: !isOver && isLive(event, observation, row.row.receivedAt),
    }))
    return { ...row, profileId, isErased, events }
  })
}

/** Of somebody who was erased, purchases still count; what is about the person as such would name them. */
const newEvents = ({ events, isErased }: SettledRow) =>
  isErased ? events.filter(({ subjects }) => subjects[0] !== 'profile') : events
