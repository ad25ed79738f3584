// The report of a demo that ends by itself, in the shape of a replay's.
import { setTimeout as delay } from 'node:timers/promises'
import { z } from 'zod'
import type { Database } from '#app/platform/database.server.ts'
import type { ReplayReport } from '#sandbox/replay/replay.ts'
import { reportOfStore } from '#sandbox/replay/report.ts'
import type { World } from './start-world.ts'

export type DemoReport = ReplayReport

const settleWithinMs = 8_000
const lookEveryMs = 50

/** Lets Tern finish what is due, stops it, and counts what it did. */
export async function reportOfDemo(
  { app, clock, db, shopify, sendgrid, story }: World,
  startedMs: number,
): Promise<DemoReport> {
  const deadline = performance.now() + settleWithinMs
  while (!(await isSettled(db, clock.now())) && performance.now() < deadline) await delay(lookEveryMs)
  const appCpuSeconds = await app.cpuSeconds()
  // Counted after it stopped, since on a fast clock there is always more to come.
  await app.stop()
  const { sent, accepted, rejected, duplicates } = shopify.counts()
  const { received, distinctMessageIds } = sendgrid.counts()
  const { user, system } = process.cpuUsage()
  return {
    webhooks: { sent, accepted, duplicate: duplicates, rejected },
    skippedLines: story.skippedLines,
    ...(await reportOfStore(db)),
    mail: { received, distinctMessageIds },
    wallSeconds: tenths((performance.now() - startedMs) / 1000),
    cpuSeconds: tenths((user + system) / 1_000_000 + appCpuSeconds),
  }
}

async function isSettled(db: Database, now: Date): Promise<boolean> {
  const { rows } = await db.pool.query(
    `select not exists (select from inbox where set_aside_at is null)
       and not exists (select from message where state = 'claimed' or (state in ('queued', 'deferred') and due_at < $1))
       as settled`,
    [now],
  )
  return z.object({ settled: z.boolean() }).parse(rows[0]).settled
}

const tenths = (seconds: number) => Math.round(seconds * 10) / 10
