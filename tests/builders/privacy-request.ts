// Tells Tern what the law's topics tell it, and says under which number the request is kept.
import type { ShopFact } from '#app/events/observation.ts'
import { createApplyShopFacts, type ShopFactDeps } from '#app/jobs/lifecycle/apply-shop-facts.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'

export async function applyRequest(deps: ShopFactDeps & { db: Database }, shopId: ShopId, fact: ShopFact, now: Date) {
  await withSystem(deps.db, (tx) => createApplyShopFacts(deps)(tx, [{ shopId, fact }], now))
  const { rows } = await deps.db.pool.query<{ id: number }>(
    'select id from data_request where shop_id = $1 and kind = $2 order by requested_at desc, id desc limit 1',
    [shopId, fact.kind],
  )
  return rows[0]!.id
}
