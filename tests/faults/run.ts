// npm run faults -- --seeds N [--from FIRST]: the simulation for as long as one likes, on a database of its own.
import { parseArgs } from 'node:util'
import pg from 'pg'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'
import { runSeeds } from '#tests/faults/simulation/run-seeds.ts'
import { prepareShop } from '#tests/faults/simulation/shop-database.ts'

const { values } = parseArgs({
  options: { seeds: { type: 'string', default: '1000' }, from: { type: 'string', default: '1' } },
})
const seeds = Number(values.seeds)
const first = Number(values.from)
const perReport = 100

const fast = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }
const server = await startEmbeddedPostgres('.data/faults-postgres', fast)
const url = await freshDatabase(server.url)
const shop = await prepareShop(url)
try {
  const total = { seeds: 0, steps: 0, kills: 0, mails: 0 }
  for (let from = first; from < first + seeds; from += perReport) {
    const tally = await runSeeds(shop, from, Math.min(perReport, first + seeds - from))
    for (const key of ['seeds', 'steps', 'kills', 'mails'] as const) total[key] += tally[key]
    console.info(
      `${total.seeds} seeds, ${total.steps} steps, ${total.kills} kills, ${total.mails} mails: all promises kept`,
    )
  }
} finally {
  await shop.close()
  await server.stop()
}

async function freshDatabase(serverUrl: string): Promise<string> {
  const name = 'faults'
  const admin = new pg.Client({ connectionString: serverUrl })
  await admin.connect()
  await admin.query(`drop database if exists ${name} with (force)`)
  await admin.query(`create database ${name}`)
  await admin.end()
  const url = Object.assign(new URL(serverUrl), { pathname: `/${name}` }).toString()
  await migrateDatabase(url)
  return url
}
