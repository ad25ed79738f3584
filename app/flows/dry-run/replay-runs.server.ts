// A flow's latest replay as it is kept: asked for, running, done, stopped or failed.
import { z } from 'zod'
import { type Definition, readDefinition } from '#app/flows/definition.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'
import { replayReportSchema } from './replay-report.ts'

const stateSchema = z.enum(['waiting', 'running', 'done', 'stopped', 'failed'])

const rowSchema = z.object({
  runId: z.uuid(),
  days: z.int(),
  state: stateSchema,
  begunAt: z.date(),
  progress: z.number(),
  report: replayReportSchema.nullable().catch(null),
})
export type ReplayRun = z.output<typeof rowSchema>

interface Run {
  shopId: ShopId
  flowId: FlowId
  runId: string
}

/** A new run takes the place of the one before, which stops if it still runs. */
export async function askForReplay(
  tx: Tx,
  { shopId, flowId, runId }: Run,
  { days, definition, now }: { days: number; definition: Definition; now: Date },
): Promise<void> {
  await tx.rows(
    `insert into flow_replay (shop_id, flow_id, run_id, days, definition, state, begun_at, updated_at)
     values ($1, $2, $3, $4, $5, 'waiting', $6, $6)
     on conflict (shop_id, flow_id) do update set run_id = excluded.run_id, days = excluded.days,
       definition = excluded.definition, state = 'waiting', begun_at = excluded.begun_at,
       updated_at = excluded.updated_at, progress = 0, report = null`,
    [shopId, flowId, runId, days, JSON.stringify(definition), now],
  )
}

export async function findReplay(tx: Tx, shopId: ShopId, flowId: FlowId): Promise<ReplayRun | null> {
  const [row] = await tx.rows(
    `select run_id as "runId", days, state, begun_at as "begunAt", progress, report
     from flow_replay where shop_id = $1 and flow_id = $2`,
    [shopId, flowId],
  )
  return row ? rowSchema.parse(row) : null
}

/** What a run is to play; null when it was stopped or another one took its place. */
export async function beginReplay(tx: Tx, { shopId, flowId, runId }: Run) {
  const [row] = await tx.rows(
    `update flow_replay set state = 'running', progress = 0
     where shop_id = $1 and flow_id = $2 and run_id = $3 and state in ('waiting', 'running')
     returning days, definition, begun_at as "begunAt"`,
    [shopId, flowId, runId],
  )
  if (!row) return null
  const { days, definition, begunAt } = begunSchema.parse(row)
  const read = readDefinition(definition)
  return read.ok ? { days, definition: read.definition, begunAt } : null
}

const begunSchema = z.object({ days: z.int(), definition: z.unknown(), begunAt: z.date() })

/** Returns false when the run is to stop. */
export async function noteProgress(tx: Tx, run: Run, progress: number, now: Date): Promise<boolean> {
  return changeRun(tx, run, `progress = $4, updated_at = $5`, [progress, now])
}

export async function finishReplay(tx: Tx, run: Run, state: 'done' | 'failed', report: unknown): Promise<boolean> {
  return changeRun(tx, run, `state = $4, report = $5`, [state, report === null ? null : JSON.stringify(report)])
}

/** Returns false when nothing was running. */
export async function stopReplay(tx: Tx, shopId: ShopId, flowId: FlowId): Promise<boolean> {
  const rows = await tx.rows(
    `update flow_replay set state = 'stopped' where shop_id = $1 and flow_id = $2 and state in ('waiting', 'running')
     returning flow_id`,
    [shopId, flowId],
  )
  return rows.length > 0
}

async function changeRun(tx: Tx, { shopId, flowId, runId }: Run, change: string, values: unknown[]): Promise<boolean> {
  const rows = await tx.rows(
    `update flow_replay set ${change}
     where shop_id = $1 and flow_id = $2 and run_id = $3 and state in ('waiting', 'running') returning flow_id`,
    [shopId, flowId, runId, ...values],
  )
  return rows.length > 0
}
