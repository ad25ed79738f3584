// Acts on what the platform says of the shops themselves, in the transaction that takes the news in.
import type { ShopFact } from '#app/events/observation.ts'
import { recordRequest } from '#app/jobs/compliance/requests.server.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { onBulkOperationFinished } from '#app/jobs/sync/sync-resource.server.ts'
import { assertNever } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'
import { saveScopes, saveShopFacts } from '#app/shops/shop-facts.server.ts'
import { uninstallShop } from './uninstall-shop.server.ts'

export type ShopFactDeps = Pick<JobDeps, 'secrets' | 'queue' | 'directory' | 'log'>

/** The facts are few and rare, so each is acted on by itself, in the order of arrival. */
export function createApplyShopFacts(deps: ShopFactDeps) {
  return async (tx: SystemTx, facts: readonly { shopId: ShopId; fact: ShopFact }[], now: Date): Promise<void> => {
    for (const { shopId, fact } of facts) await applyShopFact(deps, tx, shopId, fact, now)
  }
}

async function applyShopFact(deps: ShopFactDeps, tx: SystemTx, shopId: ShopId, fact: ShopFact, now: Date) {
  switch (fact.kind) {
    case 'uninstalled': {
      const isNews = await uninstallShop(tx, shopId, fact.at, now)
      deps.log.info({ shopId }, isNews ? 'shop.uninstalled' : 'shop.old_uninstall_ignored')
      return deps.directory.forget(shopId)
    }
    case 'updated':
      await saveShopFacts(tx, shopId, fact)
      return deps.directory.forget(shopId)
    case 'scopes':
      return saveScopes(tx, shopId, fact.scopes.join(','))
    case 'bulk_operation_finished':
      return onBulkOperationFinished(tx, deps.queue, { shopId, operationId: fact.operationId })
    case 'data_request':
    case 'redact_customer':
    case 'redact_shop':
      return recordRequest(deps, tx, { shopId, fact }, now)
    default:
      assertNever(fact)
  }
}
