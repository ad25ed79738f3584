// The demo's PostgreSQL: a server of its own under .data/, with a database that nothing was ever written to.
import path from 'node:path'
import pg from 'pg'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'
import { projectRoot } from './project-root.ts'

export interface DemoDatabase {
  url: string
  stop(): Promise<void>
}

/** Demos that run side by side differ in `name`, and so have a server each. Losing the data would not matter. */
export async function startDemoDatabase(name: string): Promise<DemoDatabase> {
  const directory = path.join(projectRoot, '.data', 'demo-postgres', name)
  return startEmbeddedPostgres(directory, { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' })
}

/** Empties it and brings it to today's schema. */
export async function renewDatabase({ url }: DemoDatabase): Promise<void> {
  const admin = new pg.Client({ connectionString: Object.assign(new URL(url), { pathname: '/postgres' }).toString() })
  await admin.connect()
  try {
    const name = admin.escapeIdentifier(new URL(url).pathname.slice(1))
    await admin.query(`drop database if exists ${name} with (force)`)
    await admin.query(`create database ${name}`)
  } finally {
    await admin.end()
  }
  await migrateDatabase(url)
}
