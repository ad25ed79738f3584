// The queue of background jobs: pg-boss on Tern's own database, so that a job exists exactly when its reason was committed.
import { PgBoss } from 'pg-boss'
import { type JobInput, type JobName, jobDefinition, jobNames } from '#app/jobs/catalogue.ts'
import { type JobHandler, jobRunner } from '#app/jobs/run-job.server.ts'
import { errorInWords } from '#app/lib/discreet.ts'
import type { Database, Tx } from '#app/platform/database.server.ts'
import type { Log } from '#app/platform/log.server.ts'

export type JobHandlers = { [Name in JobName]: JobHandler<Name> }

export interface JobQueue {
  /** Prepares the tables and queues; safe in several processes at once. */
  start(): Promise<void>
  /** Adds a job in the caller's transaction. `delaySeconds` counts in real time. */
  enqueue<Name extends JobName>(tx: Tx, name: Name, payload: JobInput<Name>, delaySeconds?: number): Promise<void>
  /** Lets this process look for such jobs now, not at its next poll. Call it when the transaction is committed. */
  hurry(name: JobName): void
  /** Begins to work jobs off, and to start those that have a schedule. */
  work(handlers: JobHandlers): Promise<void>
  /** The jobs that failed for good, newest first. */
  listDeadJobs(limit: number): Promise<DeadJob[]>
  /** Lets running jobs finish for up to `timeoutMs`, then stops. */
  stop(timeoutMs?: number): Promise<void>
}

export interface DeadJob {
  name: string
  payload: unknown
  failedAt: Date
  /** What the last try failed with, as pg-boss kept it. */
  error: unknown
}

const schema = 'pgboss'
const deadLetters = 'dead-jobs'
const ninetyDays = 90 * 86_400

export interface JobQueueOptions {
  /** True in a process that works jobs off: only there run schedules and upkeep. */
  isWorker: boolean
  /** Looks for jobs at least this often, whatever the catalogue says (at least 0.5). */
  maxPollSeconds?: number
}

export function createJobQueue(db: Database, log: Log, options: JobQueueOptions): JobQueue {
  const { isWorker, maxPollSeconds = Number.POSITIVE_INFINITY } = options
  const boss = new PgBoss({
    schema,
    db: { executeSql: (text, values) => db.pool.query(text, values) },
    supervise: isWorker,
    schedule: isWorker,
    registerInstance: false,
    superviseIntervalSeconds: 30,
    monitorIntervalSeconds: 30,
  })
  const workerIds = new Map<JobName, string>()
  boss.on('error', (error) => log.error({ error: errorInWords(error) }, 'jobs.error'))
  boss.on('warning', ({ message }) => log.warn({ warning: message }, 'jobs.warning'))

  return {
    async start() {
      await boss.start({ attempts: 5 })
      await boss.createQueue(deadLetters, { retentionSeconds: ninetyDays })
      for (const name of jobNames) await createQueue(boss, name)
      await grantEnqueueing(db)
    },
    async enqueue(tx, name, payload, delaySeconds = 0) {
      const { keyOf } = jobDefinition(name)
      const statements = {
        executeSql: async (text: string, values?: unknown[]) => ({ rows: await tx.rows(text, values) }),
      }
      await boss.send(name, payload, {
        db: statements,
        ...(keyOf && { singletonKey: keyOf(payload) }),
        ...(delaySeconds > 0 && { startAfter: delaySeconds }),
      })
    },
    hurry(name) {
      const workerId = workerIds.get(name)
      if (workerId !== undefined) boss.notifyWorker(workerId)
    },
    async work(handlers) {
      for (const name of jobNames) {
        const { batchSize, pollSeconds } = jobDefinition(name)
        const pollingIntervalSeconds = Math.min(pollSeconds, maxPollSeconds)
        const run = jobRunner(name, handlers[name], log)
        const options = { batchSize, pollingIntervalSeconds, perJobResults: true } as const
        workerIds.set(name, await boss.work(name, options, run))
      }
      for (const name of jobNames) {
        const { schedule } = jobDefinition(name)
        if (schedule) await boss.schedule(name, schedule, {}, { missed: 'once' })
      }
    },
    async listDeadJobs(limit) {
      const jobs = await boss.findJobs(deadLetters, { limit: 100_000 })
      return jobs
        .map((job) => ({
          name: job.sourceName ?? 'unknown',
          payload: job.data,
          failedAt: job.createdOn,
          error: job.sourceOutput,
        }))
        .reverse()
        .slice(0, limit)
    },
    stop: (timeoutMs = 20_000) => boss.stop({ graceful: true, timeout: timeoutMs, close: false }),
  }
}

async function createQueue(boss: PgBoss, name: JobName) {
  const { retryLimit, retryDelaySeconds, expireMinutes, keyOf } = jobDefinition(name)
  const options = {
    retryLimit,
    retryDelay: retryDelaySeconds,
    retryBackoff: true,
    retryDelayMax: 3600,
    expireInSeconds: expireMinutes * 60,
    heartbeatSeconds: 60,
    deadLetter: deadLetters,
  }
  await boss.createQueue(name, { ...options, policy: keyOf ? 'singleton' : 'standard' })
  await boss.updateQueue(name, options)
}

/** Lets units of work add jobs; only those across shops may read them. */
async function grantEnqueueing(db: Database) {
  const client = await db.pool.connect()
  try {
    await client.query(`begin; select pg_advisory_xact_lock(hashtext('tern job grants'))`)
    await client.query(`
      grant usage on schema ${schema} to tern_shop, tern_system;
      grant select, insert, update, delete on all tables in schema ${schema} to tern_system;
      grant select on ${schema}.queue to tern_shop;
      grant insert, select (id) on ${schema}.job, ${schema}.job_common to tern_shop`)
    await client.query('commit')
  } catch (error) {
    await client.query('rollback')
    throw error
  } finally {
    client.release()
  }
}
