// One PostgreSQL for a whole test run, with a migrated template that every test file copies.
import { createHash } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import path from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'

declare module 'vitest' {
  interface ProvidedContext {
    /** Connection string of the server that tests make their databases on. */
    postgresUrl: string
    /** The migrated database that each test file copies. */
    templateDatabase: string
  }
}

/** Uses `TEST_DATABASE_URL` when it is given (its user must be allowed to create databases), else an embedded server. */
export default async function setup(project: TestProject) {
  const given = process.env.TEST_DATABASE_URL
  const fast = { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off', max_wal_size: '2GB' }
  const server = given ? undefined : await startEmbeddedPostgres(path.resolve('.data/test-postgres'), fast)
  const url = given ?? server!.url
  project.provide('postgresUrl', url)
  project.provide('templateDatabase', await prepareTemplate(url))
  return async () => {
    await server?.stop()
  }
}

/** Migrates a template named after the migrations' content; one that is there already is as good as a new one. */
async function prepareTemplate(url: string) {
  const template = `tern_template_${await migrationsHash()}`
  const admin = new pg.Client({ connectionString: url })
  await admin.connect()
  try {
    await dropLeftovers(admin)
    const known = await admin.query('select 1 from pg_database where datname = $1', [template])
    if (known.rowCount) return template
    const draft = `tern_test_draft_${process.pid}`
    await admin.query(`create database ${draft}`)
    await migrateDatabase(Object.assign(new URL(url), { pathname: `/${draft}` }).toString())
    // Renamed when it is whole, so that a run which died half way leaves no half-made template.
    await admin.query(`alter database ${draft} rename to ${template}`).catch((error: pg.DatabaseError) => {
      // Another run has just made the same template.
      if (error.code !== '42P04') throw error
    })
    return template
  } finally {
    await admin.end()
  }
}

async function dropLeftovers(admin: pg.Client) {
  const idle = await admin.query<{ name: string }>(
    `select datname as name from pg_database d where datname like 'tern_test_%'
     and not exists (select from pg_stat_activity a where a.datname = d.datname)
     and (pg_stat_file('base/' || d.oid || '/PG_VERSION')).modification < clock_timestamp() - interval '1 hour'`,
  )
  for (const { name } of idle.rows) await admin.query(`drop database if exists ${admin.escapeIdentifier(name)}`)
}

async function migrationsHash() {
  const hash = createHash('sha256')
  for (const file of (await readdir('prisma/migrations', { recursive: true })).sort())
    if (file.endsWith('.sql')) hash.update(await readFile(path.join('prisma/migrations', file)))
  return hash.digest('hex').slice(0, 12)
}
