// The processes of the simulation: each a whole Tern of its own, which can be killed at any step and is started again.
import type { Server } from 'node:http'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { composeTern, type Tern } from '#app/server/compose.server.ts'
import { type GatedDatabase, gatedDatabase } from './gated-database.ts'
import type { Process, Scheduler } from './scheduler.ts'
import type { SimulatedSendGrid } from './sendgrid.ts'
import { env, type ShopDatabase } from './shop-database.ts'

export interface SimulatedProcess extends Process {
  role: 'web' | 'worker'
  tern: Tern
  /** A web process's, never listening. */
  server: Server
  database: GatedDatabase
}

export interface World {
  shop: ShopDatabase
  clock: Clock
  scheduler: Scheduler
  sendgrid: SimulatedSendGrid
  /** What the processes logged. */
  log: Log
}

const minuteMs = 60_000

/** Starts a process; its clock is `aheadMs` before the others'. */
export function startProcess(
  { shop, clock, scheduler, sendgrid, log }: World,
  { name, role, aheadMs = 0 }: { name: string; role: SimulatedProcess['role']; aheadMs?: number },
): SimulatedProcess {
  const process: Process = { name, isDead: false, slowUntil: 0, isFrozen: false }
  const database = gatedDatabase(shop.real, shop.watcher, scheduler, process)
  const tern = composeTern({
    env,
    db: database.db,
    clock: { now: () => new Date(clock.now().getTime() + aheadMs), sleep: clock.sleep },
    log,
    isWorker: role === 'worker',
    patience: { callMs: minuteMs / 2, claimLeaseMs: minuteMs, laneLeaseMs: minuteMs },
    parts: { queue: shop.tern.queue, sendGridTransport: sendgrid.transport, realMs: () => clock.now().getTime() },
  })
  return Object.assign(process, { role, tern, server: tern.createServer(), database })
}
