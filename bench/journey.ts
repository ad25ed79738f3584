// How many people a second a flow of five steps takes from entering to a queued mail and the end: in batches, one by one.
import type { DefinitionInput } from '#app/flows/definition.ts'
import { invariant } from '#app/lib/errors.ts'
import { virtualClock } from '#app/platform/clock.server.ts'
import { checkoutSaid, minute } from '#tests/builders/observations.ts'
import { createCpuMeter } from './lib/cpu.ts'
import { createBenchDatabase } from './lib/database.ts'
import { fillInbox } from './lib/fill-inbox.ts'
import { type Measured, measure } from './lib/measure.ts'
import { numberOption } from './lib/options.ts'
import { printReport } from './lib/report.ts'
import { buildShopWithFlow, copyShop, createBenchWorker, fillWaiting, workEverything } from './lib/working-shops.ts'

const shopCount = 100
const people = 10_000
const baselinePeople = 500
const loops = 2

await using bench = await createBenchDatabase(10)
const { db } = bench
const model = await buildShopWithFlow(db, journey)
const shops = [model, ...(await copyShop(db, model, shopCount - 1))]
await fillWaiting(db, shops, numberOption('waiting', 0), minute(0))
const clock = virtualClock(minute(0))
const deps = createBenchWorker(db, clock)
const cpu = await createCpuMeter(db)

let entered = 0
await travel(1_000, loops)
const baseline = await travel(baselinePeople, 1, 1)
const ours = await travel(people, loops)
printReport({ name: 'journey', ...ours, baseline })

/** Wait, branch, wait, mail, end. */
function journey(template: string): DefinitionInput {
  return {
    trigger: { kind: 'checkout-started' },
    entry: null,
    filter: null,
    reentry: 'always',
    exits: [{ on: 'order_placed', match: 'profile', reason: 'ordered' }],
    start: 'first-wait',
    steps: {
      'first-wait': { kind: 'wait', duration: { hours: 1 }, next: 'customer' },
      customer: {
        kind: 'branch',
        condition: { kind: 'order-count', count: { is: 'at-most', times: 0 }, window: { kind: 'ever' } },
        yes: 'second-wait',
        no: 'done',
      },
      'second-wait': { kind: 'wait', duration: { hours: 1 }, next: 'mail' },
      mail: { kind: 'send-email', template, class: 'marketing', next: 'done' },
      done: { kind: 'end' },
    },
  }
}

/** So many people enter; measures the way from there to the end of all of them. */
async function travel(count: number, loops: number, limit?: number): Promise<Measured> {
  const begin = clock.now()
  const told = Array.from({ length: count }, (_, n) => {
    const person = entered + n
    const names = { token: `checkout-${person}`, cart: `cart-${person}`, email: `person-${person}@x.example` }
    const said = checkoutSaid('checkouts/create', { at: begin, customer: 1_000 + person, ...names })
    return { ...said, shopId: shops[n % shops.length]! }
  })
  entered += count
  await fillInbox(db, told, begin)
  await workEverything(deps, 2)
  await db.pool.query('vacuum analyze')
  const before = await countQueued()
  const measured = await measure(cpu, async () => {
    const latenciesMs: number[] = []
    for (const hours of [1, 2]) {
      clock.advanceTo(new Date(begin.getTime() + hours * 3_600_000))
      latenciesMs.push(...(await workEverything(deps, loops, limit)))
    }
    return { items: count, latenciesMs }
  })
  const queued = (await countQueued()) - before
  invariant(queued === count, `${count} people entered and ${queued} mails were queued`)
  return measured
}

/** Mails of people who have reached the end. */
async function countQueued(): Promise<number> {
  const { rows } = await db.pool.query<{ count: number }>(
    `select count(*) as count from message m join enrolment e on e.shop_id = m.shop_id and e.id = m.enrolment_id
     where m.state = 'queued' and e.state = 'completed'`,
  )
  return rows[0]!.count
}
