// A worker to be killed: the loops alone, for the shop that its parent names in the environment.
import { once } from 'node:events'
import { z } from 'zod'
import { startWorker } from '#app/jobs/worker.server.ts'
import { scaledClock } from '#app/platform/clock.server.ts'
import { openDatabase } from '#app/platform/database.server.ts'
import { readEnv } from '#app/platform/env.server.ts'
import { createLog } from '#app/platform/log.server.ts'
import { composeTern } from '#app/server/compose.server.ts'
import { shortPatience } from '#tests/faults/patience.ts'

// Whoever asked for this worker is gone: nobody would kill it.
process.once('disconnect', () => process.exit())

const connections = 6
const env = readEnv(process.env)
const log = createLog(env.LOG_LEVEL)
const db = openDatabase(env.DATABASE_URL!, connections)
// Connected beforehand, so that its short life is spent at work.
await Promise.all(Array.from({ length: connections }, () => db.pool.query('select pg_sleep(0.01)')))
process.send?.('ready')
const [message] = await once(process, 'message')
const { rate, start } = z.object({ rate: z.number(), start: z.coerce.date() }).parse(message)

const clock = scaledClock(rate, start)
const tern = composeTern({ env, db, clock, log, isWorker: true, patience: shortPatience })
// Small batches: a whole one would take longer than the worker lives.
const send = (n: number) => ({ name: `send ${n}`, turn: () => tern.deliverDue(8) })
const worker = startWorker(
  [{ name: 'work', turn: () => tern.workDue(10) }, send(1), send(2), { name: 'sweep', turn: () => tern.sweep() }],
  log,
)

await once(process, 'message')
await worker.stop()
await db.close()
process.exit()
