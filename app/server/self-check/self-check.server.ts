// The checks of a start. What is fatal ends it; the rest is logged with what to do, and Tern runs.
import type { Database } from '#app/platform/database.server.ts'
import type { Env } from '#app/platform/env.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { type Finding, SelfCheckError } from './check.ts'
import { checkAppConfig } from './check-app-config.server.ts'
import { checkMigrations, checkServerVersion } from './check-database.server.ts'
import { checkSendGrid } from './check-sendgrid.server.ts'

type Check = (deps: { env: Env; db: Database }) => Promise<Finding[]>

/** A new check is a file and a line. */
const checks: Record<string, Check> = {
  migrations: ({ db }) => checkMigrations(db),
  sendgrid: ({ env }) => checkSendGrid(env),
  'app-config': ({ env }) => checkAppConfig(env),
}

/** @throws SelfCheckError when the server can't be used at all */
export async function checkBeforeMigrating(db: Database): Promise<void> {
  const findings = await checkServerVersion(db).catch((error: Error): Finding[] => [
    {
      severity: 'fatal',
      problem: `PostgreSQL does not answer (${error.message}).`,
      mend: 'Is it up, and is DATABASE_URL right?',
    },
  ])
  if (findings.length > 0) throw new SelfCheckError(findings)
}

/** @throws SelfCheckError naming everything that is fatal */
export async function checkSelf(env: Env, db: Database, log: Log): Promise<void> {
  const found = await Promise.all(Object.values(checks).map((check) => check({ env, db })))
  const findings = found.flat()
  for (const { severity, problem, mend } of findings) {
    if (severity === 'warning') log.warn({ problem, mend }, 'self_check.warning')
  }
  const fatal = findings.filter(({ severity }) => severity === 'fatal')
  if (fatal.length > 0) throw new SelfCheckError(fatal)
  log.info({ checks: Object.keys(checks).length, warnings: findings.length }, 'self_check.done')
}
