// How long the loaders of the merchant's pages take, in a shop with 100,000 people and a million events.
import '#sandbox/shopify/route.ts'
import { performance } from 'node:perf_hooks'
import { z } from 'zod'
import { systemClock } from '#app/platform/clock.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { createWebApp } from '#app/server/web-app.server.ts'
import { buildPages } from '#sandbox/demo/build-pages.ts'
import { browserName, composeEmbeddedApp } from '#tests/builders/embedded-app.ts'
import { fillHistory } from '#tests/builders/history.ts'
import { createBenchDatabase } from './lib/database.ts'
import { percentile } from './lib/measure.ts'
import { numberOption } from './lib/options.ts'

const profiles = numberOption('profiles', 100_000)
const events = numberOption('events', 1_000_000)
const visits = numberOption('visits', 50)
const dayMs = 86_400_000

const pages = [
  { address: '/app', route: 'routes/app._index', query: 'index' },
  { address: '/app/settings', route: 'routes/app.settings' },
  { address: '/app/health', route: 'routes/app.health' },
]

await buildPages(() => {}, AbortSignal.timeout(120_000))
await using bench = await createBenchDatabase(10)
const { db } = bench
await using embedded = await composeEmbeddedApp(db)
const now = systemClock.now()
await ensurePartitions(
  db,
  Array.from({ length: 3 }, (_, month) => new Date(now.getTime() - month * 30 * dayMs)),
)
await fillHistory(db, embedded.shopId, now, { profiles, mails: events / 5, clicks: events / 100, orders: events / 100 })
await db.pool.query(
  `insert into event (shop_id, profile_id, type, subject, occurred_at, received_at, props)
   select $1, p.id, 'cart_updated', 'cart:' || n, at, at, '{}'
   from generate_series(1, $3::int) n
   join (select id, row_number() over (order by id) as place from profile where shop_id = $1) p on p.place = 1 + n % $4::int
   cross join lateral (select $2::timestamptz - interval '60 days' * n / $3::int as at) as moment`,
  [embedded.shopId, now, events, profiles],
)
await db.pool.query('vacuum analyze')

const server = embedded.tern.createServer(await createWebApp(embedded.tern)).listen(embedded.port)
const measured: { page: string; p50Ms: number; p99Ms: number }[] = []
for (const page of pages) measured.push(await measurePage(page))
server.closeAllConnections()
server.close()

const p99Ms = Math.max(...measured.map((page) => page.p99Ms))
if (process.argv.includes('--json'))
  console.log(JSON.stringify({ name: 'pages', profiles, events, p99Ms, pages: measured }))
else {
  console.table(measured)
  console.log(`slowest page: ${p99Ms} ms (budget 50 ms)`)
}

/** The data of one page, asked for as the app's frame does; the first visits warm the plans. */
async function measurePage({ address, route, query = '' }: (typeof pages)[number]) {
  const url = `http://127.0.0.1:${embedded.port}${address}?${query}&_data=${encodeURIComponent(route)}`
  const latenciesMs: number[] = []
  for (let visit = -10; visit < visits; visit++) {
    const headers = { 'user-agent': browserName, authorization: `Bearer ${embedded.standIn.mintSessionToken()}` }
    const startedMs = performance.now()
    const answer = await fetch(url, { headers })
    z.looseObject({}).parse(await answer.json())
    if (!answer.ok) throw new Error(`${address} answered ${answer.status}`)
    if (visit >= 0) latenciesMs.push(performance.now() - startedMs)
  }
  const told = (share: number) => Number(percentile(latenciesMs, share).toFixed(1))
  return { page: address, p50Ms: told(0.5), p99Ms: told(0.99) }
}
