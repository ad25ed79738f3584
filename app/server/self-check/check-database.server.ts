// Is the database one that Tern can run on, and wholly migrated?
import { readdir } from 'node:fs/promises'
import path from 'node:path'
import type { Database } from '#app/platform/database.server.ts'
import type { Finding } from './check.ts'

const oldestVersion = 150_000
const migrationsDirectory = path.resolve(import.meta.dirname, '../../../prisma/migrations')

/** Before the migrations: an old server fails in them with words that help nobody. */
export async function checkServerVersion({ pool }: Pick<Database, 'pool'>): Promise<Finding[]> {
  const { rows } = await pool.query<{ server_version_num: string }>('show server_version_num')
  const version = Number(rows[0]!.server_version_num)
  if (version >= oldestVersion) return []
  const problem = `PostgreSQL ${Math.floor(version / 10_000)} is too old.`
  return [
    { severity: 'fatal', problem, mend: 'Tern needs 15 or newer: upgrade the server, or use another DATABASE_URL.' },
  ]
}

export async function checkMigrations({ pool }: Pick<Database, 'pool'>): Promise<Finding[]> {
  const { rows } = await pool.query<{ name: string; done: boolean }>(
    'select migration_name as name, finished_at is not null as done from _prisma_migrations where rolled_back_at is null',
  )
  const ours = (await readdir(migrationsDirectory, { withFileTypes: true }))
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
  const broken = rows.filter(({ done }) => !done).map(({ name }) => name)
  const missing = ours.filter((name) => !rows.some((row) => row.name === name && row.done) && !broken.includes(name))
  const newer = rows.filter(({ name }) => !ours.includes(name)).map(({ name }) => name)
  return [
    ...finding('fatal', broken, 'broke off half way:', 'See "Upgrade" in docs/operations.md, then start again.'),
    ...finding(
      'fatal',
      missing,
      'is missing in the database:',
      'Start one process of this version and let it end migrating.',
    ),
    ...finding(
      'warning',
      newer,
      'is in the database but not in this version:',
      'Upgrade this process: others run a newer Tern.',
    ),
  ]
}

function finding(severity: Finding['severity'], names: readonly string[], what: string, mend: string): Finding[] {
  return names.length > 0 ? [{ severity, problem: `A migration ${what} ${names.join(', ')}.`, mend }] : []
}
