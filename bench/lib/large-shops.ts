// Fills a database as it is after some years: people, what they did, and who waits in a flow.
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { fillWaiting } from './working-shops.ts'

export interface Population {
  profiles: number
  events: number
  waiting: number
}

/** Spread evenly over `shops`, the events over the year before `now`. */
export async function populate(db: Database, shops: readonly ShopId[], population: Population, now: Date) {
  const hasty = openDatabase(db.url, 2, { synchronous_commit: 'off' })
  const perShop = (count: number) => Math.ceil(count / shops.length)
  const months = Array.from({ length: 13 }, (_, n) => new Date(now.getTime() - n * 30 * 86_400_000))
  await ensurePartitions(db, [...months, now])
  await fillWaiting(hasty, shops, population.waiting, now)
  await hasty.pool.query(
    `insert into profile (shop_id, email, consent, created_at)
     select s.id, 'person-' || n || '@post.example', 'subscribed', $3
     from unnest($1::int[]) as s (id), generate_series(1, $2::int) n`,
    [shops, perShop(population.profiles), now],
  )
  await hasty.pool.query(
    `insert into event (shop_id, profile_id, type, subject, occurred_at, received_at, props)
     select s.id, p.first + n % greatest(p.count, 1), 'cart_updated', 'cart:past-' || n,
       $3::timestamptz - n * interval '1 year' / $2, $3, '{"items": 2}'
     from unnest($1::int[]) as s (id)
     join (select shop_id, min(id) as first, count(*) as count from profile group by 1) p on p.shop_id = s.id,
       generate_series(1, $2::int) n`,
    [shops, perShop(population.events), now],
  )
  await hasty.close()
  await db.pool.query('vacuum analyze')
}
