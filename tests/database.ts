// A fresh database for a test file: a copy of the migrated template, dropped when the file is done.
import { randomUUID } from 'node:crypto'
import pg from 'pg'
import { afterAll, inject } from 'vitest'
import { type Database, openDatabase } from '#app/platform/database.server.ts'

/** Makes an empty, migrated database of its own and drops it after the last test of the file. */
export async function createTestDatabase(): Promise<Database> {
  const server = new URL(inject('postgresUrl'))
  const name = `tern_test_${randomUUID().slice(0, 8)}`
  await admin(server, `create database ${name} template ${inject('templateDatabase')}`)
  const db = openDatabase(Object.assign(new URL(server), { pathname: `/${name}` }).toString(), 8)
  afterAll(async () => {
    await db.close()
    await admin(server, `drop database if exists ${name} with (force)`)
  })
  return db
}

async function admin(server: URL, sql: string) {
  const client = new pg.Client({ connectionString: server.toString() })
  await client.connect()
  try {
    await retryWhileTemplateIsBusy(() => client.query(sql))
  } finally {
    await client.end()
  }
}

/** Two files that copy the template at the same moment disturb each other (SQLSTATE 55006). */
async function retryWhileTemplateIsBusy(run: () => Promise<unknown>, attempts = 50): Promise<unknown> {
  try {
    return await run()
  } catch (error) {
    if (attempts === 0 || !(error instanceof pg.DatabaseError) || error.code !== '55006') throw error
    await new Promise((resolve) => setTimeout(resolve, 100))
    return retryWhileTemplateIsBusy(run, attempts - 1)
  }
}
