// The one statement by which deliveries become durable: recognised, kept, and their shops' lanes woken.
import type { ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'

export interface NewInboxRow {
  shopId: ShopId
  source: string
  topic: string
  deliveryId: string
  triggeredAt: Date | null
  /** Compressed. */
  body: Buffer
}

const dayMs = 86_400_000
/** Sources repeat for a day at most. A time further off is no time that a day could be taken from. */
const believableMs = 3 * dayMs

/** Inserts those of `deliveries` that are new, and returns their places in the list. */
export async function insertDeliveries(
  db: Database,
  deliveries: readonly NewInboxRow[],
  now: Date,
): Promise<Set<number>> {
  const days = deliveries.map((delivery) => seenDay(delivery.triggeredAt, now))
  await ensurePartitions(db, [now, ...new Map(days.map((day) => [day.getTime(), day])).values()])
  const starts: number[] = []
  let length = 0
  for (const { body } of deliveries) {
    starts.push(length + 1)
    length += body.length
  }
  const { rows } = await db.pool.query<{ place: number }>({
    name: 'insert_deliveries',
    text: insertNewDeliveries,
    values: [
      deliveries.map((delivery) => delivery.shopId),
      deliveries.map((delivery) => delivery.source),
      deliveries.map((delivery) => delivery.topic),
      deliveries.map((delivery) => delivery.deliveryId),
      days.map((day) => day.toISOString().slice(0, 10)),
      deliveries.map((delivery) => delivery.triggeredAt),
      starts,
      deliveries.map((delivery) => delivery.body.length),
      Buffer.concat(deliveries.map((delivery) => delivery.body)),
      now,
    ],
  })
  return new Set(rows.map((row) => row.place))
}

/** The UTC day under which a delivery is remembered: the same for each repetition. */
function seenDay(triggeredAt: Date | null, now: Date): Date {
  const isBelievable = triggeredAt && Math.abs(triggeredAt.getTime() - now.getTime()) <= believableMs
  const time = isBelievable ? triggeredAt : now
  return new Date(Math.floor(time.getTime() / dayMs) * dayMs)
}

// All bodies travel as one binary parameter and are cut apart here: an array of bytea would go as hex, twice as long.
// Keys, then lanes, are each locked in ascending order, so that two of these never deadlock. The lanes' times are
// moved without a condition on them (see lanes.server.ts).
const insertNewDeliveries = `
  with told as (
    select * from unnest($1::int[], $2::text[], $3::text[], $4::text[], $5::date[], $6::timestamptz[], $7::int[],
      $8::int[]) with ordinality
      as t (shop_id, source, topic, delivery_id, day, triggered_at, body_start, body_length, place)
  ), fresh as (
    insert into inbox_seen (shop_id, source, delivery_id, day)
    select shop_id, source, delivery_id, day from told order by shop_id, source, delivery_id, day
    on conflict do nothing returning shop_id, source, delivery_id, day
  ), kept as materialized (
    select distinct on (t.shop_id, t.source, t.delivery_id, t.day) t.* from told t
    join fresh f on (f.shop_id, f.source, f.delivery_id, f.day) = (t.shop_id, t.source, t.delivery_id, t.day)
    order by t.shop_id, t.source, t.delivery_id, t.day, t.place
  ), stored as (
    insert into inbox (shop_id, source, topic, delivery_id, triggered_at, received_at, body)
    select shop_id, source, topic, delivery_id, triggered_at, $10::timestamptz,
      substring($9::bytea from body_start for body_length)
    from kept order by place
  ), locked as (
    select shop_id from shop_lane where lane = 'work' and shop_id in (select shop_id from kept)
    order by shop_id for update
  ), woken as (
    update shop_lane l set next_due_at = least(l.next_due_at, $10::timestamptz)
    from locked where l.shop_id = locked.shop_id and l.lane = 'work'
  )
  select place::int - 1 as place from kept`
