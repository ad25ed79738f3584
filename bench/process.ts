// How many webhooks a second become state, events and what live flows make of them: in batches, beside one by one.
import { invariant } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { cartSaid, checkoutSaid, minute, orderSaid } from '#tests/builders/observations.ts'
import { createCpuMeter } from './lib/cpu.ts'
import { createBenchDatabase } from './lib/database.ts'
import { fillInbox } from './lib/fill-inbox.ts'
import { type Measured, measure } from './lib/measure.ts'
import { numberOption } from './lib/options.ts'
import { printReport } from './lib/report.ts'
import { buildShopWithPresets, copyShop, createBenchWorker, fillWaiting, workEverything } from './lib/working-shops.ts'

const shopCount = 100
const people = 5_000
const baselinePeople = 400
const loops = 2

await using bench = await createBenchDatabase(10)
const { db } = bench
const model = await buildShopWithPresets(db, minute(-1_000))
const shops = [model, ...(await copyShop(db, model, shopCount - 1))]
await fillWaiting(db, shops, numberOption('waiting', 0), minute(0))
const deps = createBenchWorker(db, virtualClock(minute(10)))
const cpu = await createCpuMeter(db)

let told = 0
await workThrough(1_000, loops)
const baseline = await workThrough(baselinePeople, 1, 1)
const ours = await workThrough(people, loops)
printReport({ name: 'process', ...ours, baseline })

/** So many people fill a cart, begin a checkout, order and pay; measures how the worker takes it in. */
async function workThrough(count: number, loops: number, limit?: number): Promise<Measured> {
  const visits = Array.from({ length: count }, (_, n) => visit(shops[n % shops.length]!, told + n))
  told += count
  // Each thing of everybody before the next thing of anybody, as it is in a shop with many visitors.
  await fillInbox(
    db,
    [0, 1, 2, 3].flatMap((place) => visits.map((said) => said[place]!)),
    minute(5),
  )
  const before = await countEvents()
  const measured = await measure(cpu, async () => {
    const latenciesMs = await workEverything(deps, loops, limit)
    return { items: count * 4, latenciesMs }
  })
  const made = (await countEvents()) - before
  invariant(made >= count * 4, `${count * 4} webhooks became ${made} events`)
  return measured
}

function visit(shopId: ShopId, n: number) {
  const names = { cart: `cart-${n}`, customer: 1_000 + n, email: `person-${n}@x.example` }
  const order = { id: 1_000 + n, checkout: `checkout-${n}`, placedAt: minute(3), ...names }
  return [
    cartSaid({ token: `cart-${n}`, at: minute(1) }),
    checkoutSaid('checkouts/create', { token: `checkout-${n}`, at: minute(2), ...names }),
    orderSaid('orders/create', { ...order, at: minute(3) }),
    orderSaid('orders/paid', { ...order, at: minute(4), isPaid: true }),
  ].map((said) => ({ ...said, shopId }))
}

async function countEvents(): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>('select count(*) as count from event')
  return rows[0]!.count
}
