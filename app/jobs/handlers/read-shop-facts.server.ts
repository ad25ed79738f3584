// Reads what Shopify tells of a new shop, then lets the import of its past begin.
import { syncResources } from '#app/jobs/catalogue.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { openRun } from '#app/jobs/sync/sync-runs.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { fetchShopFacts, findActiveDomain, saveShopFacts, saveShopifyId } from '#app/shops/shop-facts.server.ts'

type ShopFactsDeps = Pick<JobDeps, 'db' | 'clock' | 'adminApi' | 'queue' | 'directory'>

export async function readShopFacts(deps: ShopFactsDeps, { shopId }: { shopId: ShopId }): Promise<void> {
  const domain = await findActiveDomain(deps.db, shopId)
  if (domain === null) return
  const { shopifyId, facts } = await fetchShopFacts(deps.adminApi, domain)
  await withSystem(deps.db, async (tx) => {
    await saveShopFacts(tx, shopId, facts)
    await saveShopifyId(tx, shopId, shopifyId)
    for (const resource of syncResources) {
      const run = await openRun(tx, shopId, resource, deps.clock.now())
      if (run.state !== 'done') await deps.queue.enqueue(tx, 'sync-resource', { shopId, resource })
    }
  })
  deps.directory.forget(shopId)
  deps.queue.hurry('sync-resource')
}
