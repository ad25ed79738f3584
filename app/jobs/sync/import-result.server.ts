// Reads the file of a finished bulk operation into the inbox, bit by bit; a process that dies goes on where it was.
import type { SyncResource } from '#app/jobs/catalogue.ts'
import { invariant } from '#app/lib/errors.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import { type Database, withShop } from '#app/platform/database.server.ts'
import type { Download } from '#app/platform/download.server.ts'
import { deliverNodes, waitForRoom } from './deliver-nodes.server.ts'
import { type JoinedNode, rowJoiner } from './join-rows.ts'
import { readLines } from './read-lines.server.ts'
import { noteProgress, type SyncRun } from './sync-runs.server.ts'

export interface ImportDeps {
  db: Database
  download: Download
  clock: Clock
}

export interface ImportLimits {
  /** So many records go into the inbox at once, or fewer when they are big. */
  nodesPerChunk: number
  bytesPerChunk: number
  /** The import waits while the shop has this many deliveries to work off. */
  mostPending: number
}

const usualLimits: ImportLimits = { nodesPerChunk: 200, bytesPerChunk: 1_000_000, mostPending: 5_000 }

const childLists: Record<SyncResource, Record<string, string>> = {
  customers: {},
  products: { ProductVariant: 'variants', Collection: 'collections' },
  orders: { LineItem: 'lineItems' },
}

/** Imports what is left of the run's result. Doing any part of it again changes nothing. */
export async function importResult(
  deps: ImportDeps,
  run: SyncRun,
  signal: AbortSignal,
  limits: ImportLimits = usualLimits,
): Promise<void> {
  invariant(run.resultUrl !== null, 'an import has a result to read')
  let savedOffset = run.byteOffset
  let chunk: JoinedNode[] = []

  async function flush() {
    const last = chunk.at(-1)
    if (!last) return
    signal.throwIfAborted()
    await waitForRoom(deps.db, run.shopId, limits.mostPending, signal)
    const nodes = chunk.map(({ node }) => node)
    const kind = { shopId: run.shopId, resource: run.resource, isHistoric: true, triggeredAt: run.startedAt }
    await deliverNodes(deps.db, kind, nodes, deps.clock.now())
    const progress = { from: savedOffset, to: last.nextOffset, rows: nodes.length }
    const isOurs = await withShop(deps.db, run.shopId, (tx) => noteProgress(tx, run, progress, deps.clock.now()))
    if (!isOurs) throw new Error('another worker has taken this import over')
    savedOffset = last.nextOffset
    chunk = []
  }

  for await (const joined of joinedNodes(deps.download, run.resultUrl, run, signal)) {
    chunk.push(joined)
    const isFull = chunk.length >= limits.nodesPerChunk || joined.nextOffset - savedOffset >= limits.bytesPerChunk
    if (isFull) await flush()
  }
  await flush()
}

async function* joinedNodes(
  download: Download,
  url: string,
  run: SyncRun,
  signal: AbortSignal,
): AsyncGenerator<JoinedNode> {
  const joiner = rowJoiner(childLists[run.resource])
  let end = run.byteOffset
  for await (const line of readLines(download, url, run.byteOffset, signal)) {
    const finished = joiner.take(JSON.parse(line.text), line.offset)
    if (finished) yield finished
    end = line.nextOffset
  }
  const last = joiner.finish(end)
  if (last) yield last
}
