// How many webhooks a second are durably accepted, through real HTTP: shared inserts, beside one insert per request.
import { randomUUID } from 'node:crypto'
import type { AddressInfo } from 'node:net'
import { type Collector, createCollector } from '#app/events/collector.server.ts'
import { acceptDeliveries } from '#app/events/inbox.server.ts'
import { invariant } from '#app/lib/errors.ts'
import type { Database } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createTernServer } from '#app/server/http.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { createCpuMeter } from './lib/cpu.ts'
import { createBenchDatabase } from './lib/database.ts'
import { type Measured, measure } from './lib/measure.ts'
import { printReport } from './lib/report.ts'
import { type LoadGenerator, startLoadGenerator } from './lib/webhook-load.ts'

const shops = 50
const connections = 128
const warmUpRequests = 5_000
const requests = 30_000
const secret = 'bench-secret-of-the-app'

await using bench = await createBenchDatabase(10)
const { db } = bench
const domains = await insertShops(db, shops)
const cpu = await createCpuMeter(db)
const load = startLoadGenerator()

const baseline = await ingest({ accept: (deliveries) => acceptDeliveries(db, deliveries, new Date()) }, load)
const ours = await ingest(
  createCollector((deliveries) => acceptDeliveries(db, deliveries, new Date())),
  load,
)
load.stop()
printReport({ name: 'ingest', ...ours, baseline })

/** Measures the server with this way of keeping deliveries, and proves that all of them are in the inbox. */
async function ingest(collector: Pick<Collector, 'accept'>, generator: LoadGenerator): Promise<Measured> {
  const server = createTernServer({
    directory: createShopDirectory(db),
    collector: { waiting: () => 0, idle: () => Promise.resolve(), ...collector },
    secrets: { shopify: [secret], sendGridPublicKeys: [] },
    log: silentLog,
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  const { port } = server.address() as AddressInfo
  const order = { port, domains, secret, connections }
  await generator.run({ ...order, requests: warmUpRequests })
  const before = await countInbox(db)
  const measured = await measure(cpu, async () => {
    const { latenciesMs, refused } = await generator.run({ ...order, requests })
    invariant(refused === 0, `${refused} webhooks were refused`)
    return { items: requests, latenciesMs }
  })
  const kept = (await countInbox(db)) - before
  invariant(kept === requests, `${requests} webhooks were accepted and ${kept} are kept`)
  await new Promise((resolve) => server.close(resolve))
  return measured
}

async function insertShops(database: Database, count: number): Promise<string[]> {
  const names = Array.from({ length: count }, (_, n) => `bench-${n}.myshopify.com`)
  await database.pool.query(
    `with added as (
       insert into shop (public_id, domain, installed_at) select * from unnest($1::uuid[], $2::text[], $3::timestamptz[])
       returning id
     )
     insert into shop_lane (shop_id, lane) select id, lane from added, unnest(array['work', 'send']) as lane`,
    [names.map(() => randomUUID()), names, names.map(() => new Date())],
  )
  return names
}

async function countInbox(database: Database): Promise<number> {
  const { rows } = await database.pool.query<{ count: number }>('select count(*) as count from inbox')
  return rows[0]!.count
}
