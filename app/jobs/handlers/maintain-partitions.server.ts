// Makes partitions before they are needed, and lets go of raw deliveries when their time is over.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { dropDailyPartitions, ensurePartitions } from '#app/platform/partitions.server.ts'
import { readShopSettings } from '#app/shops/settings.ts'

const dayMs = 86_400_000
const daysAhead = [0, 1, 2, 3]
/** Shopify repeats a delivery for hours, SendGrid for days; after this nobody sends it again. */
const seenDays = 8

export async function maintainPartitions({ db, clock, log }: Pick<JobDeps, 'db' | 'clock' | 'log'>): Promise<void> {
  const now = clock.now()
  const daysBefore = (days: number) => new Date(now.getTime() - days * dayMs)
  const nextMonth = new Date(Date.UTC(now.getUTCFullYear(), now.getUTCMonth() + 1, 1))
  await ensurePartitions(db, [...daysAhead.map((days) => daysBefore(-days)), nextMonth])
  const retention = await listRetention(db)
  const longest = Math.max(0, ...retention.keys())
  const dropped = [
    ...(await dropDailyPartitions(db, 'inbox_seen', daysBefore(seenDays))),
    ...(await dropDailyPartitions(db, 'inbox_archive', daysBefore(longest))),
  ]
  for (const [days, shops] of retention) {
    if (days < longest) await deleteArchived(db, shops, daysBefore(days))
  }
  log.info({ dropped: dropped.length }, 'partitions.maintained')
}

/** For how many days raw deliveries are kept, and by which shops. */
async function listRetention(db: Database): Promise<Map<number, ShopId[]>> {
  const shops = await withSystem(db, (tx) =>
    tx.rows<{ id: ShopId; settings: unknown }>('select id, settings from shop order by id'),
  )
  const groups = Map.groupBy(shops, ({ settings }) => readShopSettings(settings).rawRetentionDays)
  return new Map([...groups].map(([days, group]) => [days, group.map(({ id }) => id)]))
}

async function deleteArchived(db: Database, shops: readonly ShopId[], before: Date) {
  await withSystem(db, (tx) =>
    tx.rows('delete from inbox_archive where shop_id = any($1::int[]) and received_at < $2', [shops, before]),
  )
}
