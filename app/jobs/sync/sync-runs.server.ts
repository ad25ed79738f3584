// The record of each import: what Shopify was asked for, how far it is, and up to when the shop's changes are known.
//
// waiting → exporting (Shopify prepares the file) → importing (we read it) → done. From exporting and importing a run
// falls back to waiting when Shopify lost the file; `failed` is for what trying again cannot mend.
import type { SyncResource } from '#app/jobs/catalogue.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface SyncRun {
  shopId: ShopId
  resource: SyncResource
  state: 'waiting' | 'exporting' | 'importing' | 'done' | 'failed'
  operationId: string | null
  resultUrl: string | null
  byteOffset: number
  watermark: Date | null
  startedAt: Date
}

const columns = `shop_id as "shopId", resource, state, operation_id as "operationId", result_url as "resultUrl",
  byte_offset as "byteOffset", watermark, started_at as "startedAt"`

/** The shop's run of `resource`, begun when there is none. */
export async function openRun(tx: Tx, shopId: ShopId, resource: SyncResource, now: Date): Promise<SyncRun> {
  await tx.rows(
    `insert into sync_run (shop_id, resource, state, started_at, updated_at) values ($1, $2, 'waiting', $3, $3)
     on conflict do nothing`,
    [shopId, resource, now],
  )
  const [run] = await tx.rows<SyncRun>(`select ${columns} from sync_run where shop_id = $1 and resource = $2`, [
    shopId,
    resource,
  ])
  return run!
}

/** Puts the run of `resource` back to its beginning, for a shop that comes back. */
export async function resetRun(tx: Tx, shopId: ShopId, resource: SyncResource, now: Date): Promise<void> {
  await tx.rows(
    `insert into sync_run (shop_id, resource, state, started_at, updated_at) values ($1, $2, 'waiting', $3, $3)
     on conflict (shop_id, resource) do update set state = 'waiting', operation_id = null, result_url = null,
       byte_offset = 0, rows_done = 0, rows_total = null, error = null, started_at = $3, updated_at = $3,
       finished_at = null`,
    [shopId, resource, now],
  )
}

/** The watermark is the time before which nothing can be missing from the export that begins now. */
export async function noteExport(tx: Tx, run: SyncRun, operationId: string, now: Date): Promise<void> {
  await tx.rows(
    `update sync_run set state = 'exporting', operation_id = $3, watermark = $4, started_at = $4, updated_at = $4,
       byte_offset = 0, rows_done = 0, rows_total = null, error = null
     where shop_id = $1 and resource = $2`,
    [run.shopId, run.resource, operationId, now],
  )
}

export async function noteResult(tx: Tx, run: SyncRun, url: string, rowsTotal: number, now: Date): Promise<void> {
  await tx.rows(
    `update sync_run set state = 'importing', result_url = $3, rows_total = $4, byte_offset = 0, rows_done = 0,
       updated_at = $5
     where shop_id = $1 and resource = $2`,
    [run.shopId, run.resource, url, rowsTotal, now],
  )
}

/** Moves the run on from `from` bytes; false when somebody else has moved it meanwhile. */
export async function noteProgress(
  tx: Tx,
  run: SyncRun,
  progress: { from: number; to: number; rows: number },
  now: Date,
): Promise<boolean> {
  const moved = await tx.rows(
    `update sync_run set byte_offset = $4, rows_done = rows_done + $5, updated_at = $6
     where shop_id = $1 and resource = $2 and byte_offset = $3 and state = 'importing' and operation_id = $7
     returning shop_id`,
    [run.shopId, run.resource, progress.from, progress.to, progress.rows, now, run.operationId],
  )
  return moved.length > 0
}

export async function noteDone(tx: Tx, run: SyncRun, now: Date): Promise<void> {
  await tx.rows(
    `update sync_run set state = 'done', finished_at = $3, updated_at = $3, result_url = null, error = null
     where shop_id = $1 and resource = $2`,
    [run.shopId, run.resource, now],
  )
}

/** `state` waiting: to be begun again; failed: not. `error` is what the merchant reads. */
export async function noteTrouble(
  tx: Tx,
  run: SyncRun,
  state: 'waiting' | 'failed',
  error: string,
  now: Date,
): Promise<void> {
  await tx.rows(
    `update sync_run set state = $3, error = $4, updated_at = $5, operation_id = null, result_url = null
     where shop_id = $1 and resource = $2`,
    [run.shopId, run.resource, state, error, now],
  )
}

export async function moveWatermark(tx: Tx, run: SyncRun, watermark: Date, now: Date): Promise<void> {
  await tx.rows(
    `update sync_run set watermark = greatest(watermark, $3), updated_at = $4 where shop_id = $1 and resource = $2`,
    [run.shopId, run.resource, watermark, now],
  )
}

/** The shop's finished imports: only what was read once can be kept up to date. */
export function listFinishedRuns(tx: Tx, shopId: ShopId): Promise<SyncRun[]> {
  return tx.rows<SyncRun>(
    `select ${columns} from sync_run where shop_id = $1 and state = 'done' and watermark is not null
     order by resource`,
    [shopId],
  )
}

export async function findRunOfOperation(tx: Tx, shopId: ShopId, operationId: string): Promise<SyncRun | null> {
  const [run] = await tx.rows<SyncRun>(`select ${columns} from sync_run where shop_id = $1 and operation_id = $2`, [
    shopId,
    operationId,
  ])
  return run ?? null
}
