// What the Admin API and the finish webhook tell of one bulk operation.
import { webhookBody } from '#sandbox/store/webhook-payloads.ts'
import type { ShopifyContext } from '../context.ts'
import type { Node } from '../graphql/node.ts'
import type { BulkQuery } from './bulk-query.ts'
import type { WrittenResult } from './write-result.ts'

type BulkStatus = 'CREATED' | 'RUNNING' | 'COMPLETED' | 'FAILED' | 'CANCELING' | 'CANCELED'

export interface BulkOperation {
  id: string
  source: string
  query: BulkQuery
  isGrouped: boolean
  createdAt: Date
  endsAt: Date
  isCancelled: boolean
  finished: (WrittenResult & { status: BulkStatus; at: Date }) | null
}

const startsAfterMs = 1000
const resultLivesMs = 7 * 86_400_000

export function statusOf(context: ShopifyContext, operation: BulkOperation): BulkStatus {
  if (operation.finished) return operation.finished.status
  if (operation.isCancelled) return 'CANCELING'
  return context.credentialClock.now().getTime() - operation.createdAt.getTime() < startsAfterMs ? 'CREATED' : 'RUNNING'
}

/** Where the rows can be fetched: not when there are none, and no longer than seven days. */
export function resultUrl(context: ShopifyContext, { id, finished }: BulkOperation): string | null {
  if (!finished || finished.objectCount === 0) return null
  const isExpired = context.credentialClock.now().getTime() > finished.at.getTime() + resultLivesMs
  return isExpired ? null : `${context.url}/bulk-results/${id}.jsonl`
}

function errorCodeOf({ finished }: BulkOperation): string | null {
  if (finished?.status !== 'FAILED') return null
  return finished.outcome === 'access-denied' ? 'ACCESS_DENIED' : 'INTERNAL_SERVER_ERROR'
}

export function operationNode(context: ShopifyContext, operation: BulkOperation): Node {
  const { finished } = operation
  const url = resultUrl(context, operation)
  return {
    __typename: 'BulkOperation',
    id: `gid://shopify/BulkOperation/${operation.id}`,
    status: statusOf(context, operation),
    type: 'QUERY',
    query: operation.source,
    createdAt: operation.createdAt,
    completedAt: finished?.at ?? null,
    errorCode: errorCodeOf(operation),
    objectCount: String(finished?.objectCount ?? 0),
    rootObjectCount: String(finished?.rootObjectCount ?? 0),
    fileSize: finished ? String(finished.fileSize) : null,
    url: finished?.status === 'COMPLETED' ? url : null,
    partialDataUrl: finished?.status === 'FAILED' ? url : null,
  }
}

/** The body of the `bulk_operations/finish` webhook. */
export function finishBody(context: ShopifyContext, operation: BulkOperation): string {
  const { finished, id, createdAt } = operation
  const status = finished?.status === 'FAILED' ? 'failed' : finished?.status === 'CANCELED' ? 'canceled' : 'completed'
  const errorCode = errorCodeOf(operation)?.toLowerCase() ?? null
  return webhookBody(context.store.shop, {
    topic: 'bulk_operations/finish',
    operation: { id, createdAt, completedAt: finished?.at ?? null, errorCode, status, type: 'query' },
  })
}
