// One replay: a history in, a report out.
import { readHistory } from '#sandbox/history/read-history.ts'
import { type Happening, shopLife } from '#sandbox/history/shop-life.ts'
import { createStore } from '#sandbox/store/create-store.ts'
import type { ReplayArguments } from './arguments.ts'
import { replayedShop } from './replayed-shop.ts'
import { reportOfStore, type StoreReport } from './report.ts'
import { startWorld, type World } from './world.ts'

export interface ReplayReport extends StoreReport {
  webhooks: { sent: number; accepted: number; duplicate: number; rejected: number }
  skippedLines: number
  mail: { received: number; distinctMessageIds: number }
  wallSeconds: number
  cpuSeconds: number
}

/** A longer history is told with the worker coming by once an hour, or it would take hours itself. */
const mostExactEntries = 1_000
const ninetyDaysMs = 90 * 86_400_000

/** Everything but the two times at the end follows from the files and the options. */
export async function replay(options: ReplayArguments): Promise<ReplayReport> {
  const startedMs = performance.now()
  const history = await readHistory({ ordersPath: options.orders, productsPath: options.products })
  const store = createStore(replayedShop)
  const first = history.entries[0]?.at ?? new Date('2011-01-01T00:00:00Z')
  // A customer's first cart may lie ten days before the first order.
  const startAt = new Date(first.getTime() - 15 * 86_400_000)
  const tick = options.tick ?? (history.entries.length <= mostExactEntries ? 0 : 60)
  const world = await startWorld({ store, startAt, seed: options.seed, tickMs: Math.max(1, tick * 60_000) })
  try {
    const life = shopLife(history.entries, store, {
      seed: options.seed,
      abandonShare: options.abandon,
      consent: options.consent,
      productTitles: history.productTitles,
    })
    const last = await live(world, life)
    await world.runner.runUntil(options.until ?? new Date((last ?? startAt).getTime() + ninetyDaysMs))
    return await report(world, history.totals.skippedLines, startedMs)
  } finally {
    await world.close()
  }
}

/** Tells what happens, each thing at its moment. What happens at one moment is one: nothing is done in between. */
async function live({ runner, teller }: World, life: Iterable<Happening>): Promise<Date | null> {
  let last: Date | null = null
  for (const happening of life) {
    await runner.runTo(happening)
    await teller.tell(happening)
    last = happening.at
  }
  return last
}

async function report(
  { db, shopify, sendgrid }: World,
  skippedLines: number,
  startedMs: number,
): Promise<ReplayReport> {
  const { sent, accepted, rejected, duplicates } = shopify.counts()
  const { received, distinctMessageIds } = sendgrid.counts()
  const { user, system } = process.cpuUsage()
  return {
    webhooks: { sent, accepted, duplicate: duplicates, rejected },
    skippedLines,
    ...(await reportOfStore(db)),
    mail: { received, distinctMessageIds },
    wallSeconds: Math.round((performance.now() - startedMs) / 100) / 10,
    cpuSeconds: Math.round((user + system) / 100_000) / 10,
  }
}
