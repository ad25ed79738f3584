// bulk_operations/finish: the export that the first sync asked for can be fetched, or has failed.
import { z } from 'zod'
import { gidOf, recordId } from '#app/events/sources/fields.ts'
import { topic } from '#app/events/sources/topic.ts'

const bulkOperation = z.object({ ...recordId('BulkOperation'), status: z.string() })

export const bulkOperationFinished = topic(bulkOperation, (payload) => ({
  shop: {
    kind: 'bulk_operation_finished' as const,
    operationId: gidOf(payload),
    status: payload.status.toLowerCase(),
  },
  events: [],
}))
