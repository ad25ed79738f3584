// shop/redact: two days after a shop removed Tern, nothing of it is kept but the note that this was done.
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { ShopAccessError } from '#app/platform/admin-api/errors.ts'
import { readShop } from '#app/platform/admin-api/operations.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { completeRequest, findOpenRequest } from './requests.server.ts'
import { listTablesWith } from './tenant-tables.server.ts'

export type RedactShopDeps = Pick<JobDeps, 'db' | 'clock' | 'secrets' | 'log' | 'adminApi' | 'directory'>

/** Deletes the shop's rows table by table; a process that dies is followed by one that deletes the rest. */
export async function redactShop(
  deps: RedactShopDeps,
  job: { shopId: ShopId; requestId: number },
  signal: AbortSignal,
): Promise<void> {
  const { shopId, requestId } = job
  const request = await findOpenRequest(deps, shopId, requestId)
  if (!request) return
  if (await isInstalled(deps, shopId)) {
    await withSystem(deps.db, (tx) => completeRequest(tx, request, null, deps.clock.now()))
    deps.log.warn({ shopId }, 'shop.redact_ignored_reinstalled')
    return
  }
  const tables = await withSystem(deps.db, (tx) => listTablesWith(tx, 'shop_id'))
  for (const table of tables) {
    signal.throwIfAborted()
    if (table === 'data_request') continue
    await withSystem(deps.db, (tx) => tx.rows(`delete from ${table} where shop_id = $1`, [shopId]))
  }
  await withSystem(deps.db, async (tx) => {
    await tx.rows('delete from data_request where shop_id = $1 and id <> $2', [shopId, requestId])
    await tx.rows('delete from session where shop = (select domain from shop where id = $1)', [shopId])
    // Under another name the row is nobody's; should the shop come back, it begins anew.
    await tx.rows(
      `update shop set domain = 'redacted-' || public_id, shopify_id = null, name = '', email = null, url = null,
         address = null, country_code = null, scopes = '', settings = '{}',
         uninstalled_at = coalesce(uninstalled_at, $2), redacted_at = $2
       where id = $1`,
      [shopId, deps.clock.now()],
    )
    await completeRequest(tx, request, null, deps.clock.now())
  })
  deps.directory.forget(shopId)
  deps.log.info({ shopId }, 'shop.redacted')
}

/**
 * A shop that came back within two days is followed by the request of its earlier farewell. Where our record says
 * "installed", Shopify is asked, because the news of the farewell itself may have been lost.
 */
async function isInstalled(deps: RedactShopDeps, shopId: ShopId): Promise<boolean> {
  const [shop] = await withSystem(deps.db, (tx) =>
    tx.rows<{ domain: string }>('select domain from shop where id = $1 and uninstalled_at is null', [shopId]),
  )
  if (!shop) return false
  try {
    await deps.adminApi.run(shop.domain, readShop)
    return true
  } catch (error) {
    if (error instanceof ShopAccessError) return false
    throw error
  }
}
