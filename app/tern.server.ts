// The process: `node app/tern.server.ts [web|worker]`. Without a word it is both, and needs nothing else.
import '#app/platform/node-env.server.ts'
import { once } from 'node:events'
import type { Server } from 'node:http'
import { collectDefaultMetrics } from 'prom-client'
import { createJobHandlers } from '#app/jobs/handlers/job-handlers.server.ts'
import { startWorker, type Worker } from '#app/jobs/worker.server.ts'
import { type Clock, scaledClock, systemClock } from '#app/platform/clock.server.ts'
import { type Database, openDatabase } from '#app/platform/database.server.ts'
import { startEmbeddedPostgres } from '#app/platform/embedded-postgres.server.ts'
import { type Env, EnvironmentError, readEnv } from '#app/platform/env.server.ts'
import { loadSecrets, WrongKeyError } from '#app/platform/keyring.server.ts'
import { createLog, type Log } from '#app/platform/log.server.ts'
import { migrateDatabase } from '#app/platform/migrate.server.ts'
import { ensurePartitions } from '#app/platform/partitions.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { SelfCheckError } from '#app/server/self-check/check.ts'
import { checkBeforeMigrating, checkSelf } from '#app/server/self-check/self-check.server.ts'
import { createWebApp } from '#app/server/web-app.server.ts'

type Role = 'web' | 'worker' | 'both'

const sweepEveryMs = 30_000
const dayMs = 86_400_000

await main().catch(explainAndExit)

async function main() {
  const role = readRole(process.argv[2])
  const env = readEnv(process.env)
  const log = createLog(env.LOG_LEVEL)
  const postgres = env.DATABASE_URL ? null : await startEmbeddedPostgres('.data/postgres')
  if (postgres) log.info({ directory: postgres.directory }, 'postgres.embedded')
  const url = env.DATABASE_URL ?? postgres!.url
  const db = openDatabase(url, env.DATABASE_POOL)
  await checkBeforeMigrating(db)
  await migrateDatabase(env.DATABASE_DIRECT_URL ?? url)
  await checkSelf(env, db, log)
  const running = await start(role, env, db, log)
  const signal = await Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')])
  log.info({ signal: signal[0] }, 'tern.stopping')
  await running.stop()
  await db.close()
  await postgres?.stop()
  log.info('tern.stopped')
}

async function start(role: Role, env: Env, db: Database, log: Log) {
  const clock: Clock = env.CLOCK_RATE === 1 ? systemClock : scaledClock(env.CLOCK_RATE, new Date(env.CLOCK_START!))
  let worker: Worker | undefined
  const secrets = await loadSecrets(db, env)
  const tern = composeTern({ env, db, clock, log, secrets, isWorker: role !== 'web' }, () => worker?.kick())
  collectDefaultMetrics({ register: tern.metrics })
  await keepPartitionsAhead(tern)
  await tern.queue.start()
  const server = role === 'worker' ? null : await listen(tern, tern.createServer(await createWebApp(tern)), env.PORT)
  const operatorServer = env.OPERATOR_PORT ? await listen(tern, tern.createOperatorServer(), env.OPERATOR_PORT) : null
  if (role !== 'web') {
    await tern.queue.work(createJobHandlers(tern.jobDeps))
    worker = startLoops(tern)
  }
  return {
    async stop() {
      tern.stopping()
      server?.close()
      server?.closeIdleConnections()
      await Promise.all([worker?.stop(), tern.collector.idle(), tern.queue.stop(5_000)])
      server?.closeAllConnections()
      operatorServer?.close()
      operatorServer?.closeAllConnections()
      tern.close()
    },
  }
}

async function listen(tern: Tern, server: Server, port: number) {
  server.listen(port)
  await once(server, 'listening')
  tern.log.info({ port }, 'tern.listening')
  return server
}

/** Several send loops, so that a slow answer of SendGrid's holds up one of them only. */
function startLoops(tern: Tern): Worker {
  let sweptMs = 0
  const sweep = async () => {
    if (performance.now() - sweptMs < sweepEveryMs) return 0
    sweptMs = performance.now()
    await keepPartitionsAhead(tern)
    return tern.sweep()
  }
  const send = (n: number) => ({ name: `send ${n}`, turn: () => tern.deliverDue() })
  const loops = [
    { name: 'work', turn: () => tern.workDue() },
    send(1),
    send(2),
    send(3),
    { name: 'sweep', turn: sweep },
  ]
  return startWorker(loops.map(tern.counters.counted), tern.log)
}

/** A sandbox's clock may pass several days between two sweeps. */
async function keepPartitionsAhead({ db, clock, env }: Tern) {
  const days = 2 + Math.ceil((2 * sweepEveryMs * env.CLOCK_RATE) / dayMs)
  const now = clock.now().getTime()
  await ensurePartitions(
    db,
    Array.from({ length: days }, (_, day) => new Date(now + day * dayMs)),
  )
}

function readRole(word: string | undefined): Role {
  if (word === undefined) return 'both'
  if (word === 'web' || word === 'worker') return word
  console.error(`Unknown role "${word}". Start it as: node app/tern.server.ts [web|worker]`)
  process.exit(2)
}

/** What the environment or the database lacks is said in words; anything else is a defect, and shows where it is. */
function explainAndExit(error: unknown): never {
  const isExplained =
    error instanceof EnvironmentError || error instanceof SelfCheckError || error instanceof WrongKeyError
  console.error(isExplained ? error.message : error)
  process.exit(1)
}
