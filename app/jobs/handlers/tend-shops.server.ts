// What is done for every shop from time to time: sweep for lost webhooks, keep its tokens alive.
import { type SyncResource, syncResources } from '#app/jobs/catalogue.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'

type TendDeps = Pick<JobDeps, 'db' | 'clock' | 'queue'>

/** The sweeps are spread over this time, so that they don't all ask Shopify and the database at once. */
const spreadSeconds = 2 * 3600
const dayMs = 86_400_000
/** A refresh token lives ninety days; with less than this left it is used and replaced. */
const renewWithLessThanMs = 60 * dayMs

/** Asks for the sweep of each shop; an import that stands still is taken up again. */
export async function reconcileShops({ db, clock, queue }: TendDeps): Promise<void> {
  const shops = await listActiveShops(db)
  const stalledBefore = new Date(clock.now().getTime() - dayMs)
  const stalled = await withSystem(db, (tx) =>
    tx.rows<{ shopId: ShopId; resource: SyncResource }>(
      `select r.shop_id as "shopId", r.resource from sync_run r join shop s on s.id = r.shop_id
       where s.uninstalled_at is null and s.redacted_at is null and r.state not in ('done', 'failed')
         and r.updated_at < $1 and r.resource = any($2)`,
      [stalledBefore, syncResources],
    ),
  )
  await withSystem(db, async (tx) => {
    for (const shopId of shops) await queue.enqueue(tx, 'reconcile-shop', { shopId }, shopId % spreadSeconds)
    for (const run of stalled) await queue.enqueue(tx, 'sync-resource', run)
  })
}

/** Asks for new tokens where the refresh token has grown old: without one, only the merchant could let us in again. */
export async function refreshTokens({ db, clock, queue }: TendDeps): Promise<void> {
  const oldest = new Date(clock.now().getTime() + renewWithLessThanMs)
  await withSystem(db, async (tx) => {
    const shops = await tx.rows<{ shopId: ShopId }>(
      `select s.id as "shopId" from session t join shop s on s.domain = t.shop
       where not t."isOnline" and t."refreshTokenExpires" < $1 and s.uninstalled_at is null order by s.id`,
      [oldest],
    )
    for (const { shopId } of shops) await queue.enqueue(tx, 'refresh-token', { shopId })
  })
}

async function listActiveShops(db: Database): Promise<ShopId[]> {
  const rows = await withSystem(db, (tx) =>
    tx.rows<{ id: ShopId }>('select id from shop where uninstalled_at is null and redacted_at is null order by id'),
  )
  return rows.map(({ id }) => id)
}
