// How long small shops wait while one shop floods: with the least recently served first, beside first come, first served.

import { workDue } from '#app/jobs/work-lane.server.ts'
import { invariant } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { cartSaid, minute } from '#tests/builders/observations.ts'
import { createCpuMeter } from './lib/cpu.ts'
import { createBenchDatabase } from './lib/database.ts'
import { fillInbox } from './lib/fill-inbox.ts'
import { type Measured, measure } from './lib/measure.ts'
import { numberOption } from './lib/options.ts'
import { printReport } from './lib/report.ts'
import { buildShopWithPresets, copyShop, createBenchWorker, fillWaiting } from './lib/working-shops.ts'

const smallShops = 2_000
const itemsEach = 2
const floodItems = 20_000

await using bench = await createBenchDatabase(10)
const { db } = bench
const flooding = await buildShopWithPresets(db, minute(-1_000))
const small = await copyShop(db, flooding, smallShops)
await fillWaiting(db, [flooding, ...small], numberOption('waiting', 0), minute(0))
const deps = createBenchWorker(db, virtualClock(minute(10)))
const cpu = await createCpuMeter(db)

let told = 0
// First come, first served is what a queue without lanes does: the flood came first, so the others wait behind it.
const baseline = await serve([[flooding], small])
const ours = await serve([[flooding, ...small]])
printReport({ name: 'fairness', ...ours, baseline })

/** Fills all inboxes, lets the shops of each turn be due, and measures when the small shops' work is done. */
async function serve(turns: ShopId[][]): Promise<Measured> {
  const flood = Array.from({ length: floodItems }, () => cartOf(flooding))
  await fillInbox(
    db,
    [...flood, ...small.flatMap((shop) => Array.from({ length: itemsEach }, () => cartOf(shop)))],
    minute(5),
  )
  await setDue(turns.flat(), new Date('2100-01-01T00:00:00Z'))
  const measured = await measure(cpu, async () => {
    for (const shops of turns) {
      await setDue(shops, minute(5))
      const last = shops.includes(small[0]!) ? small : shops
      while (await isAnyDue(last)) await Promise.all([workDue(deps), workDue(deps)])
    }
    return { items: smallShops * itemsEach }
  })
  while ((await workDue(deps)) > 0) await workDue(deps)
  const { rows } = await db.pool.query<{ count: number }>('select count(*) as count from inbox')
  invariant(rows[0]!.count === 0, `${rows[0]!.count} deliveries were left behind`)
  return measured
}

function cartOf(shopId: ShopId) {
  told += 1
  return { ...cartSaid({ token: `cart-${told}`, at: minute(1) }), shopId }
}

async function setDue(shops: readonly ShopId[], at: Date) {
  const sql = `update shop_lane set next_due_at = $2 where lane = 'work' and shop_id = any($1::int[])`
  await db.pool.query(sql, [shops, at])
}

async function isAnyDue(shops: readonly ShopId[]): Promise<boolean> {
  const { rowCount } = await db.pool.query({
    name: 'is_any_due',
    text: `select 1 from shop_lane where lane = 'work' and shop_id = any($1::int[]) and next_due_at <= $2 limit 1`,
    values: [shops, minute(10)],
  })
  return rowCount === 1
}
