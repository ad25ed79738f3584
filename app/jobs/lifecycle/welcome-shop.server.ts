// What a shop gets when it arrives or comes back: the shipped flows, and the jobs that read what it is and was.
import { installPresets } from '#app/flows/install-presets.server.ts'
import { syncResources } from '#app/jobs/catalogue.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { resetRun } from '#app/jobs/sync/sync-runs.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/** Runs in the transaction that installs the shop. */
export function createWelcome({ queue }: Pick<JobDeps, 'queue'>) {
  return async (tx: Tx, shopId: ShopId, now: Date): Promise<void> => {
    await installPresets(tx, shopId, now)
    for (const resource of syncResources) await resetRun(tx, shopId, resource, now)
    // The import follows the facts: amounts can't be read without the shop's currency.
    await queue.enqueue(tx, 'read-shop-facts', { shopId })
  }
}
