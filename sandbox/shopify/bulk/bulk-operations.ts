// The shop's bulk operations: CREATED → RUNNING → COMPLETED, FAILED or CANCELED, by the clock of the machines.
//
// The query is executed when the operation's time is up, over the store as it is then. The clock wakes `settleDue`; so
// does every API call, so that an answer never shows a state that should be over. Cancelling brings the end forward.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { ShopifyContext } from '../context.ts'
import { connectionOf } from '../graphql/connection.ts'
import { type ListArguments, listing } from '../graphql/listings.ts'
import type { Node } from '../graphql/node.ts'
import { checkedPage } from '../graphql/resolve-field.ts'
import { viewStore } from '../graphql/view-store.ts'
import { checkBulkQuery } from './bulk-query.ts'
import { type BulkOperation, finishBody, operationNode, resultUrl, statusOf } from './operation-node.ts'
import { type WrittenResult, writeResult } from './write-result.ts'

export interface BulkOperations {
  run(source: string, isGrouped: boolean): Node
  cancel(gid: string): Node
  find(gid: string): Node | null
  list(args: ListArguments): Node
  /** Finishes what should be finished by now. */
  settleDue(): Promise<void>
  /** The file of a finished operation, by the name in its url. */
  resultPath(fileName: string): string | null
  close(): void
}

const maxRunning = 5
const takesMs = 4000

/** `onFinished` is told the body of the `bulk_operations/finish` webhook. */
export function bulkOperations(context: ShopifyContext, onFinished: (body: string) => unknown): BulkOperations {
  const directory = mkdtempSync(join(tmpdir(), 'shopify-bulk-'))
  const stopped = new AbortController()
  const operations = new Map<string, BulkOperation>()
  const pathOf = (operation: BulkOperation) => join(directory, `${operation.id}.jsonl`)
  let settling: Promise<void> = Promise.resolve()

  async function finish(operation: BulkOperation) {
    const to = {
      path: pathOf(operation),
      isGrouped: operation.isGrouped,
      failAfterObjects: context.faults.bulkFailsAfterObjects,
    }
    const written = operation.isCancelled ? nothing : await writeResult(viewStore(context), operation.query, to)
    const status = operation.isCancelled ? 'CANCELED' : written.outcome === 'completed' ? 'COMPLETED' : 'FAILED'
    operation.finished = { ...written, status, at: operation.endsAt }
    context.inBackground(() => onFinished(finishBody(context, operation)))
  }

  async function settle() {
    const now = context.credentialClock.now()
    for (const operation of operations.values()) {
      if (!operation.finished && operation.endsAt <= now) await finish(operation)
    }
  }

  function settleDue() {
    settling = settling.then(settle)
    return settling
  }

  function node(operation: BulkOperation): Node {
    return operationNode(context, operation)
  }

  return {
    run(source, isGrouped) {
      const checked = checkBulkQuery(source)
      if ('refusal' in checked) return refusal(checked.refusal, 'INVALID')
      const running = [...operations.values()].filter(({ finished }) => !finished)
      if (running.length >= maxRunning)
        return refusal('The limit of concurrent bulk queries is reached.', 'LIMIT_REACHED')
      const createdAt = context.credentialClock.now()
      const endsAt = new Date(createdAt.getTime() + takesMs)
      const id = context.ids.number()
      const operation = {
        id,
        source,
        query: checked.query,
        isGrouped,
        createdAt,
        endsAt,
        isCancelled: false,
        finished: null,
      }
      operations.set(id, operation)
      context.credentialClock.sleep(takesMs, stopped.signal).then(() => {
        if (!stopped.signal.aborted) context.inBackground(settleDue)
      })
      return { bulkOperation: node(operation), userErrors: [] }
    },
    cancel(gid) {
      const operation = operations.get(idOf(gid))
      if (!operation)
        return { bulkOperation: null, userErrors: [{ field: ['id'], message: 'Bulk operation does not exist' }] }
      if (operation.finished) {
        const message = 'A bulk operation cannot be canceled when it is completed'
        return { bulkOperation: node(operation), userErrors: [{ field: null, message }] }
      }
      operation.isCancelled = true
      operation.endsAt = context.credentialClock.now()
      return { bulkOperation: node(operation), userErrors: [] }
    },
    find(gid) {
      const operation = operations.get(idOf(gid))
      return operation ? node(operation) : null
    },
    list(args) {
      const search = { ...bulkSearch, status: (operation: BulkOperation) => statusOf(context, operation) }
      return connectionOf(
        listing(operations.values(), args, node, search, bulkSort),
        checkedPage(args, 'bulkOperations'),
      )
    },
    settleDue,
    resultPath(fileName) {
      const operation = operations.get(fileName.replace(/\.jsonl$/, ''))
      return operation && resultUrl(context, operation) ? pathOf(operation) : null
    },
    close() {
      stopped.abort()
      rmSync(directory, { recursive: true, force: true })
    },
  }
}

const bulkSort = { CREATED_AT: (operation: BulkOperation) => operation.createdAt }
const bulkSearch = {
  id: (operation: BulkOperation) => operation.id,
  operation_type: () => 'query',
  created_at: (operation: BulkOperation) => operation.createdAt,
}
const nothing: WrittenResult = { outcome: 'completed', objectCount: 0, rootObjectCount: 0, fileSize: 0 }

function refusal(message: string, code: string): Node {
  return { bulkOperation: null, userErrors: [{ field: ['query'], message, code }] }
}

function idOf(gid: string) {
  return gid.replace('gid://shopify/BulkOperation/', '')
}
