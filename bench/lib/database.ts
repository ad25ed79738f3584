// A fresh, migrated database for one benchmark, on a PostgreSQL that really writes to disk.
import pg from 'pg'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'

export interface BenchDatabase extends AsyncDisposable {
  db: Database
}

/** Uses `BENCH_DATABASE_URL` (its user must be allowed to create databases), else an embedded server. */
export async function createBenchDatabase(poolSize: number): Promise<BenchDatabase> {
  const given = process.env.BENCH_DATABASE_URL
  const server = given ? undefined : await startEmbeddedPostgres('.data/bench-postgres', { max_wal_size: '4GB' })
  const admin = new URL(given ?? server!.url)
  const name = `tern_bench_${process.pid}`
  await runAdmin(admin, `create database ${name}`)
  const url = Object.assign(new URL(admin), { pathname: `/${name}` }).toString()
  await migrateDatabase(url)
  const db = openDatabase(url, poolSize)
  return {
    db,
    async [Symbol.asyncDispose]() {
      await db.close()
      await runAdmin(admin, `drop database ${name} with (force)`)
      // The server's process does not keep this one alive, and it has to live until that one has ended.
      const alive = setInterval(() => {}, 1000)
      await server?.stop()
      clearInterval(alive)
    },
  }
}

async function runAdmin(url: URL, sql: string) {
  const client = new pg.Client({ connectionString: url.toString() })
  await client.connect()
  await client.query(sql)
  await client.end()
}
