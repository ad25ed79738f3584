// Brings a database to the schema of this version, with Prisma's own migration command.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'

const run = promisify(execFile)
const projectRoot = path.resolve(import.meta.dirname, '../..')

const tries = 5
const pauseMs = 2_000

/**
 * Applies every migration that `url` lacks. Safe to run from several processes at once; a lock that others hold is waited
 * for some seconds at a time, so that nobody waits long behind us. Throws with Prisma's message.
 */
export async function migrateDatabase(url: string, triesLeft = tries): Promise<void> {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
  try {
    await run(process.execPath, [prisma, 'migrate', 'deploy'], {
      cwd: projectRoot,
      env: { ...process.env, DATABASE_URL: url, PRISMA_HIDE_UPDATE_MESSAGE: '1' },
    })
  } catch (cause) {
    const output =
      cause instanceof Error && 'stdout' in cause ? `${cause.stdout}\n${(cause as { stderr?: unknown }).stderr}` : ''
    if (triesLeft > 1 && /lock timeout|advisory lock|55P03/i.test(output)) {
      await delay(pauseMs)
      return migrateDatabase(url, triesLeft - 1)
    }
    throw new Error(`The database could not be migrated. Is it reachable, and PostgreSQL 15 or newer?\n${output}`, {
      cause,
    })
  }
}
