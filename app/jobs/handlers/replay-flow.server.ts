// Plays a flow's draft on stored events, because that can take longer than a page may.
import { draftVersion } from '#app/flows/dry-run/draft-version.server.ts'
import { replayFlow as replay } from '#app/flows/dry-run/replay.server.ts'
import { beginReplay, finishReplay, noteProgress } from '#app/flows/dry-run/replay-runs.server.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { type FlowId, flowId, type ShopId } from '#app/lib/ids.ts'
import { type ShopTx, withShop } from '#app/platform/database.server.ts'

type ReplayDeps = Pick<JobDeps, 'db' | 'clock' | 'log'>

/** Ends at once when the run was stopped, or another one took its place. */
export async function replayFlow(
  { db, clock, log }: ReplayDeps,
  job: { shopId: ShopId; flowId: number; runId: string },
  signal: AbortSignal,
): Promise<void> {
  const run: { shopId: ShopId; flowId: FlowId; runId: string } = { ...job, flowId: flowId(job.flowId) }
  const inShop = <Result>(work: (tx: ShopTx) => Promise<Result>) => withShop(db, run.shopId, work)
  const asked = await inShop((tx) => beginReplay(tx, run))
  if (!asked) return
  const { days, definition, begunAt } = asked
  const flow = await inShop((tx) => draftVersion(tx, run.shopId, { flowId: run.flowId, definition }))
  const onDay = async (progress: number) =>
    !signal.aborted && inShop((tx) => noteProgress(tx, run, progress, clock.now()))
  try {
    const report = await replay({ read: inShop, onDay }, { flow, days, now: begunAt })
    if (report) await inShop((tx) => finishReplay(tx, run, 'done', report))
    log.info({ ...job, entered: report?.entered ?? null }, 'flow.replayed')
  } catch (error) {
    // Trying again would play the same events and fail the same way: the merchant is told, and may.
    await inShop((tx) => finishReplay(tx, run, 'failed', null))
    log.error({ ...job, error: String(error) }, 'flow.replay_failed')
  }
}
