// Twenty times the usual load over a full database, with one shop a hundred times as loud as each of the others:
// `npm run bench -- black-friday [--small | --tenth] [--rate 300] [--seconds 600] [--json]`. docs/performance.md has figures.
import type { AddressInfo } from 'node:net'
import { setTimeout as delay } from 'node:timers/promises'
import { createCollector } from '#app/events/collector.server.ts'
import { acceptDeliveries } from '#app/events/inbox.server.ts'
import { workDue } from '#app/jobs/work-lane.server.ts'
import { startWorker } from '#app/jobs/worker.server.ts'
import { invariant } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import type { Database } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createTernServer } from '#app/server/http.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { createBenchDatabase } from './lib/database.ts'
import { tableStates } from './lib/growth.ts'
import { populate } from './lib/large-shops.ts'
import { percentile } from './lib/measure.ts'
import { numberOption } from './lib/options.ts'
import { startLoadGenerator } from './lib/webhook-load.ts'
import { buildShopWithPresets, copyShop, createBenchWorker } from './lib/working-shops.ts'

const shares = { '--small': 0.01, '--tenth': 0.1 }
const share = Object.entries(shares).find(([name]) => process.argv.includes(name))?.[1] ?? 1
const shops = Math.max(50, 2_000 * share)
const population = { profiles: 1_000_000 * share, events: 5_000_000 * share, waiting: 1_000_000 * share }
const seconds = numberOption('seconds', Math.max(15, 600 * share))
/** Twenty times fifteen a second: what 2,000 shops send in a minute like any other. */
const rate = numberOption('rate', 300)
const noise = 100
const secret = 'bench-secret-of-the-app'

await using bench = await createBenchDatabase(20)
const { db } = bench
const loud = await buildShopWithPresets(db, new Date())
const all = [loud, ...(await copyShop(db, loud, shops - 1))]
const fillingMs = performance.now()
await populate(db, all, population, new Date())
const filledSeconds = (performance.now() - fillingMs) / 1000
const limit = await insertLimit(db, all)
const before = await tableStates(db)
const run = await load(db, await domainsOf(db, all))
const delays = await delaysOf(db, loud)
const after = await tableStates(db)
report()

interface Run {
  answersMs: number[]
  drainSeconds: number
  rssMb: number
}

/** Everything of Tern in this process; the load comes from another. */
async function load(database: Database, domains: readonly string[]): Promise<Run> {
  const deps = createBenchWorker(database, systemClock)
  const loops = [1, 2].map((n) => ({ name: `work ${n}`, turn: () => workDue(deps) }))
  const worker = startWorker(loops, silentLog)
  const server = createTernServer({
    directory: createShopDirectory(database),
    collector: createCollector(async (deliveries) => {
      const accepted = await acceptDeliveries(database, deliveries, new Date())
      worker.kick()
      return accepted
    }),
    secrets: { shopify: [secret], sendGridPublicKeys: [] },
    log: silentLog,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const generator = startLoadGenerator()
  const weighted = [...domains.slice(1), ...Array.from({ length: noise }, () => domains[0]!)]
  const order = {
    port,
    domains: shuffled(weighted),
    secret,
    connections: 64,
    requests: rate * seconds,
    perSecond: rate,
  }
  const { latenciesMs, refused } = await generator.run(order)
  invariant(refused === 0, `${refused} webhooks were refused`)
  const drainingMs = performance.now()
  while ((await countInbox(database)) > 0) await delay(20)
  const drainSeconds = (performance.now() - drainingMs) / 1000
  generator.stop()
  await worker.stop()
  await new Promise((resolve) => server.close(resolve))
  return { answersMs: latenciesMs, drainSeconds, rssMb: process.memoryUsage().rss / 1e6 }
}

/** By a step that is prime to any length here, so that the loud shop comes evenly. */
function shuffled(items: readonly string[]): string[] {
  return items.map((_, n) => items[(n * 7919) % items.length]!)
}

/** From a delivery's arrival to the pass that worked it off, its flows' reactions included, in ms. */
async function delaysOf(database: Database, loudShop: ShopId) {
  const { rows } = await database.pool.query<{ loud: boolean; p50: number; p99: number; most: number; count: number }>(
    `select shop_id = $1 as loud, count(*)::int as count,
       percentile_cont(0.5) within group (order by ms) as p50, percentile_cont(0.99) within group (order by ms) as p99,
       max(ms) as most
     from (select shop_id, extract(epoch from processed_at - received_at)::float8 * 1000 as ms from inbox_archive) d
     group by 1 order by 1`,
    [loudShop],
  )
  return rows
}

/** What this PostgreSQL takes in the same run when nothing but rows of this size are inserted, 200 at a time, two at once. */
async function insertLimit(database: Database, ids: readonly ShopId[]): Promise<number> {
  await database.pool.query('create table bench_limit (shop_id int, id bigserial primary key, body bytea)')
  const shopIds = Array.from({ length: 200 }, (_, n) => ids[n % ids.length]!)
  const untilMs = performance.now() + 5_000
  let rows = 0
  const insert = async () => {
    while (performance.now() < untilMs) {
      await database.pool.query({
        name: 'bench_limit',
        text: 'insert into bench_limit (shop_id, body) select s, $2::bytea from unnest($1::int[]) as s',
        values: [shopIds, Buffer.alloc(450, 7)],
      })
      rows += 200
    }
  }
  await Promise.all([insert(), insert()])
  await database.pool.query('drop table bench_limit')
  return Math.round(rows / 5)
}

async function domainsOf(database: Database, ids: readonly ShopId[]) {
  const { rows } = await database.pool.query<{ domain: string }>(
    'select domain from shop where id = any($1) order by id',
    [ids],
  )
  return rows.map(({ domain }) => domain)
}

async function countInbox(database: Database) {
  const { rows } = await database.pool.query<{ count: number }>('select count(*) as count from inbox')
  return rows[0]!.count
}

function report() {
  const answers = {
    p50Ms: percentile(run.answersMs, 0.5),
    p99Ms: percentile(run.answersMs, 0.99),
    mostMs: percentile(run.answersMs, 1),
  }
  const growth = Object.fromEntries(
    [...after].map(([name, now]) => {
      const then = before.get(name)!
      const grown = { tableMb: round(now.tableMb - then.tableMb), indexMb: round(now.indexMb - then.indexMb) }
      return [name, { ...now, grownTableMb: grown.tableMb, grownIndexMb: grown.indexMb }]
    }),
  )
  const setting = { shops, ...population, seconds, rate, filledSeconds: round(filledSeconds) }
  const result = {
    setting,
    limitRowsPerSecond: limit,
    answers,
    delays,
    drainSeconds: round(run.drainSeconds),
    rssMb: round(run.rssMb),
    growth,
  }
  if (process.argv.includes('--json')) return console.log(JSON.stringify(result))
  console.log(setting)
  console.log(
    `PostgreSQL's own limit in this run: ${limit} rows a second; memory ${result.rssMb} MB; all done ${result.drainSeconds} s after the last webhook`,
  )
  console.table({ 'answer to a webhook': answers })
  console.table(delays)
  console.table(growth)
}

function round(value: number) {
  return Number(value.toFixed(1))
}
