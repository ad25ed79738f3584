// Keeps what happened, append-only. What is by nature one happening is kept once, however often it is told.
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { eventKey } from './event-key.ts'
import type { ShopEvent } from './vocabulary.ts'

export interface NewEvent extends ShopEvent {
  shopId: ShopId
  profileId: ProfileId | null
  /** False for history told by the first sync: kept, but flows don't react to it. */
  live: boolean
}

export interface StoredEvent extends NewEvent {
  id: number
}

/**
 * Keeps `events` and returns them with their ids, in the order given. An event that is known already (the same
 * `eventKey`) is neither kept nor returned, so there may be fewer than were given.
 */
export async function appendEvents(tx: Tx, events: readonly NewEvent[], now: Date): Promise<StoredEvent[]> {
  const keyed = withoutRepetitions(events)
  if (keyed.length === 0) return []
  const rows = await insertEvents(tx, keyed, now)
  return rows.map(({ place, id }) => ({ ...keyed[place - 1]!.event, id }))
}

interface KeyedEvent {
  event: NewEvent
  key: string | null
}

function withoutRepetitions(events: readonly NewEvent[]): KeyedEvent[] {
  const seen = new Set<string>()
  const keyed = events.map((event) => ({ event, key: eventKey(event) }))
  return keyed.filter(({ event, key }) => {
    if (key === null) return true
    const inShop = `${event.shopId} ${key}`
    return !seen.has(inShop) && seen.add(inShop)
  })
}

/** Keys are inserted in order, so that two batches never wait for each other. */
function insertEvents(tx: Tx, keyed: readonly KeyedEvent[], now: Date) {
  const events = keyed.map(({ event }) => event)
  return tx.rows<{ place: number; id: number }>(
    `with told as (
       select * from unnest($1::int[], $2::bigint[], $3::text[], $4::text[], $5::timestamptz[], $6::bigint[],
         $7::text[], $8::text[], $9::text[]) with ordinality
         as t (shop_id, profile_id, type, subject, occurred_at, value_minor, currency, props, key, place)
     ), fresh as (
       insert into event_once (shop_id, key) select shop_id, key from told where key is not null
       order by shop_id, key on conflict do nothing returning shop_id, key
     ), kept as materialized (
       select nextval('event_id_seq') as id, t.* from told t
       left join fresh f on f.shop_id = t.shop_id and f.key = t.key
       where t.key is null or f.key is not null order by t.place
     ), stored as (
       insert into event (shop_id, id, profile_id, type, subject, occurred_at, received_at, value_minor, currency, props)
       select shop_id, id, profile_id, type, subject, occurred_at, $10, value_minor, currency, props::jsonb from kept
     )
     select place::int, id from kept order by place`,
    [
      events.map((event) => event.shopId),
      events.map((event) => event.profileId),
      events.map((event) => event.type),
      events.map((event) => event.subjects[0] ?? null),
      events.map((event) => event.occurredAt),
      events.map((event) => event.valueMinor ?? null),
      events.map((event) => event.currency ?? null),
      events.map(propsWithSubjects),
      keyed.map(({ key }) => key),
      now,
    ],
  )
}

/** The first subject has a column; the others are found in the props. */
function propsWithSubjects({ props, subjects }: NewEvent) {
  return JSON.stringify(subjects.length > 1 ? { ...props, subjects: subjects.slice(1) } : props)
}
