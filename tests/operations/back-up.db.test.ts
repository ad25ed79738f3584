// Back-up and restore as docs/operations.md tells it for a machine that has nothing but npm.
import { execFile } from 'node:child_process'
import { chmod, mkdtemp, rename, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { promisify } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { loadSecrets, WrongKeyError } from '#app/platform/keyring.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { leaveTraces } from '#tests/builders/traces.ts'

const run = promisify(execFile)
const key = (fill: number) => Buffer.alloc(32, fill).toString('base64')
const hasty = { fsync: 'off', full_page_writes: 'off' }

test('what was copied while the server was stopped comes back whole after everything was lost', {
  timeout: 120_000,
}, async () => {
  const directory = path.join(await mkdtemp(path.join(tmpdir(), 'tern-back-up-')), 'postgres')
  // PostgreSQL runs as somebody else when the test runs as root.
  await chmod(path.dirname(directory), 0o755)
  onTestFinished(() => rm(path.dirname(directory), { recursive: true, force: true }))
  const before = await withServer(directory, async (db) => {
    await migrateDatabase(db.url)
    const secrets = await loadSecrets(db, { ENCRYPTION_KEY: key(4) })
    await leaveTraces(db, await buildShop(db), secrets.pepper)
    return { contents: await contentsOf(db), pepper: secrets.pepper }
  })
  await run('cp', ['-a', before.data, `${before.data}.copy`])
  await withServer(directory, (db) => db.pool.query('drop schema public cascade'))
  await rm(before.data, { recursive: true })
  await rename(`${before.data}.copy`, before.data)

  const after = await withServer(directory, async (db) => {
    await expect(loadSecrets(db, { ENCRYPTION_KEY: key(5) })).rejects.toThrow(WrongKeyError)
    const secrets = await loadSecrets(db, { ENCRYPTION_KEY: key(4) })
    return { contents: await contentsOf(db), pepper: secrets.pepper }
  })
  expect(after.result).toEqual(before.result)
  expect(Object.keys(before.result.contents).length).toBeGreaterThan(30)
})

async function withServer<Result>(directory: string, use: (db: Database) => Promise<Result>) {
  const server = await startEmbeddedPostgres(directory, hasty)
  const db = openDatabase(server.url, 2)
  try {
    return { data: server.directory, result: await use(db) }
  } finally {
    await db.close()
    await server.stop()
  }
}

/** A digest of each table's rows. */
async function contentsOf(db: Database) {
  const { rows } = await db.pool.query<{ name: string }>(
    `select c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p')`,
  )
  const contents: Record<string, unknown> = {}
  for (const { name } of rows) {
    const digest = await db.pool.query(`select count(*), md5(string_agg(t::text, '' order by t::text)) from ${name} t`)
    contents[name] = digest.rows[0]
  }
  return contents
}
