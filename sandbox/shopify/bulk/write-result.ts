// Executes a bulk query over all its nodes, a chunk at a time, into a file.

import { once } from 'node:events'
import { createWriteStream } from 'node:fs'
import { setImmediate } from 'node:timers/promises'
import { execute } from 'graphql'
import { invariant } from '#app/lib/errors.ts'
import { hasScope } from '../graphql/access.ts'
import { connectionOf } from '../graphql/connection.ts'
import { listRoots } from '../graphql/list-roots.ts'
import { resolveField } from '../graphql/resolve-field.ts'
import { adminSchema } from '../graphql/schema.ts'
import type { StoreView } from '../graphql/store-view.ts'
import type { BulkQuery } from './bulk-query.ts'
import { rowsOf, topNodes } from './jsonl-rows.ts'

export interface WrittenResult {
  outcome: 'completed' | 'failed' | 'access-denied'
  objectCount: number
  rootObjectCount: number
  fileSize: number
}

const chunkSize = 100

/** Writes the rows to `path`; stops as failed after `failAfterObjects`, keeping what was written. */
export async function writeResult(
  view: StoreView,
  query: BulkQuery,
  to: { path: string; isGrouped: boolean; failAfterObjects: number | null },
): Promise<WrittenResult> {
  const root = listRoots[query.rootName]
  invariant(root, 'a checked bulk query starts with a known list')
  const result: WrittenResult = { outcome: 'completed', objectCount: 0, rootObjectCount: 0, fileSize: 0 }
  if (!hasScope(view.context, root.scope)) return { ...result, outcome: 'access-denied' }
  const listing = root.list(view, query.args)
  const nodes = listing.isReversed ? listing.items.toReversed() : listing.items
  const file = createWriteStream(to.path)
  for (let from = 0; from < nodes.length && result.outcome === 'completed'; from += chunkSize) {
    const items = nodes.slice(from, from + chunkSize)
    const answer = await execute({
      schema: adminSchema(),
      document: query.document,
      rootValue: {
        [query.rootName]: () => connectionOf({ ...listing, items, isReversed: false }, { first: items.length }),
      },
      contextValue: { isBulk: true },
      fieldResolver: resolveField,
    })
    const rows = rowsOf(topNodes(answer.data?.[query.answerName]), to.isGrouped)
    const kept = rows.slice(0, (to.failAfterObjects ?? Number.POSITIVE_INFINITY) - result.objectCount)
    if (answer.errors || kept.length < rows.length) result.outcome = 'failed'
    const lines = kept.map((row) => `${JSON.stringify(row)}\n`).join('')
    result.objectCount += kept.length
    result.rootObjectCount += kept.filter((row) => row.__parentId === undefined).length
    result.fileSize += Buffer.byteLength(lines)
    if (!file.write(lines)) await once(file, 'drain')
    // Between two chunks others get their answers.
    await setImmediate()
  }
  file.end()
  await once(file, 'finish')
  return result
}
