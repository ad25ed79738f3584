// One step of a shop's first import: ask Shopify for an export, look whether it is ready, read it.
import type { SyncResource } from '#app/jobs/catalogue.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { assertNever } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { bulkQueries, readBulkOperation, runBulkQuery } from '#app/platform/admin-api/operations.server.ts'
import { type SystemTx, type Tx, withSystem } from '#app/platform/database.server.ts'
import { findActiveDomain } from '#app/shops/shop-facts.server.ts'
import { importResult } from './import-result.server.ts'
import { ResultGoneError } from './read-lines.server.ts'
import {
  findRunOfOperation,
  noteDone,
  noteExport,
  noteResult,
  noteTrouble,
  openRun,
  type SyncRun,
} from './sync-runs.server.ts'

export type SyncDeps = Pick<JobDeps, 'db' | 'clock' | 'log' | 'adminApi' | 'queue' | 'download'>

/** Shopify tells us when an export is ready; this is for when that is lost. */
const lookAgainSeconds = 30
const slotsTakenSeconds = 120

/** Takes the import as far as it can go now; when it has to wait for Shopify, another job will go on. */
export async function syncResource(
  deps: SyncDeps,
  job: { shopId: ShopId; resource: SyncResource },
  signal: AbortSignal,
): Promise<void> {
  const domain = await findActiveDomain(deps.db, job.shopId)
  if (domain === null) return
  const run = await withSystem(deps.db, (tx) => openRun(tx, job.shopId, job.resource, deps.clock.now()))
  switch (run.state) {
    case 'waiting':
      return startExport(deps, run, domain)
    case 'exporting':
      return lookForResult(deps, run, domain, signal)
    case 'importing':
      return readResult(deps, run, signal)
    case 'done':
    case 'failed':
      return
    default:
      assertNever(run.state)
  }
}

/** Shopify says that an operation of the shop has ended: its import goes on at once. */
export async function onBulkOperationFinished(
  tx: Tx,
  queue: SyncDeps['queue'],
  finished: { shopId: ShopId; operationId: string },
): Promise<void> {
  const run = await findRunOfOperation(tx, finished.shopId, finished.operationId)
  if (run) await queue.enqueue(tx, 'sync-resource', { shopId: run.shopId, resource: run.resource })
}

async function startExport(deps: SyncDeps, run: SyncRun, domain: string) {
  // The time before the call: what changes while Shopify begins is in the next sweep as well.
  const now = deps.clock.now()
  const query = bulkQueries[run.resource]
  const { bulkOperation, userErrors } = (await deps.adminApi.run(domain, runBulkQuery, { query })).bulkOperationRunQuery
  await withSystem(deps.db, async (tx) => {
    if (bulkOperation) {
      await noteExport(tx, run, bulkOperation.id, now)
      await continueLater(tx, deps, run, lookAgainSeconds)
    } else if (userErrors.some(({ code }) => code === 'LIMIT_REACHED' || code === 'OPERATION_IN_PROGRESS')) {
      await continueLater(tx, deps, run, slotsTakenSeconds)
    } else {
      const reason = userErrors.map(({ message }) => message).join('; ')
      await noteTrouble(tx, run, 'failed', `Shopify refuses the export: ${reason}`, now)
    }
  })
}

async function lookForResult(deps: SyncDeps, run: SyncRun, domain: string, signal: AbortSignal) {
  const { bulkOperation } = await deps.adminApi.run(domain, readBulkOperation, { id: run.operationId }, signal)
  const status = bulkOperation?.status ?? 'EXPIRED'
  switch (status) {
    case 'CREATED':
    case 'RUNNING':
    case 'CANCELING':
      return withSystem(deps.db, (tx) => continueLater(tx, deps, run, lookAgainSeconds))
    case 'COMPLETED': {
      const { url, rootObjectCount } = bulkOperation!
      // No file means that there was nothing to export.
      if (url === null) return finish(deps, run)
      await withSystem(deps.db, (tx) => noteResult(tx, run, url, rootObjectCount, deps.clock.now()))
      return readResult(deps, { ...run, state: 'importing', resultUrl: url, byteOffset: 0 }, signal)
    }
    case 'FAILED':
    case 'CANCELED':
    case 'EXPIRED':
      if (bulkOperation?.errorCode === 'ACCESS_DENIED') {
        const reason = `Tern may not read ${run.resource}. Grant the access in your admin, then install again.`
        return withSystem(deps.db, (tx) => noteTrouble(tx, run, 'failed', reason, deps.clock.now()))
      }
      return beginAgain(deps, run, `the export ended as ${status}`)
    default:
      assertNever(status)
  }
}

async function readResult(deps: SyncDeps, run: SyncRun, signal: AbortSignal) {
  try {
    await importResult(deps, run, signal)
  } catch (error) {
    if (error instanceof ResultGoneError) return beginAgain(deps, run, error.message)
    throw error
  }
  await finish(deps, run)
}

async function finish(deps: SyncDeps, run: SyncRun) {
  await withSystem(deps.db, (tx) => noteDone(tx, run, deps.clock.now()))
  deps.log.info({ shopId: run.shopId, resource: run.resource }, 'sync.done')
}

/** Throws, so that the queue's growing delay decides when the next export is asked for. */
async function beginAgain(deps: SyncDeps, run: SyncRun, reason: string): Promise<never> {
  await withSystem(deps.db, (tx) => noteTrouble(tx, run, 'waiting', reason, deps.clock.now()))
  throw new Error(reason)
}

function continueLater(tx: SystemTx, deps: SyncDeps, run: SyncRun, seconds: number) {
  return deps.queue.enqueue(tx, 'sync-resource', { shopId: run.shopId, resource: run.resource }, seconds)
}
