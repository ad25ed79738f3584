// POST /admin/api/2026-10/graphql.json: tokens, cost and the answer's envelope; what is asked is executed over the schema.
import { execute, getOperationAST } from 'graphql'
import { z } from 'zod'
import type { TokenLedger } from '../auth/token-ledger.ts'
import type { BulkOperations } from '../bulk/bulk-operations.ts'
import type { ShopifyContext } from '../context.ts'
import { type Exchange, readBody, sendJson } from '../http.ts'
import { parseJson } from '../parse-json.ts'
import { actualCost, requestedCost, singleQueryMaxCost } from './cost.ts'
import type { CostBucket } from './cost-bucket.ts'
import { mutationRoots } from './mutation-roots.ts'
import { queryRoots } from './query-roots.ts'
import { resolveField } from './resolve-field.ts'
import { adminSchema, checkDocument } from './schema.ts'
import { viewStore } from './view-store.ts'

export interface AdminEndpoint {
  context: ShopifyContext
  ledger: TokenLedger
  bulk: BulkOperations
  bucket: CostBucket
  /** Counts the calls, for the fault that throttles every n-th. */
  calls: number
}

/** Answers one call of the Admin API. */
export async function answerAdminRequest(endpoint: AdminEndpoint, { request, response }: Exchange) {
  const { context, ledger } = endpoint
  const token = request.headers['x-shopify-access-token']
  const body = await readBody(request)
  const grant = typeof token === 'string' ? ledger.use(token, context.credentialClock.now()) : null
  if (!grant || !context.installation.isInstalled) return sendJson(response, 401, { errors: invalidToken })
  const call = callSchema.safeParse(parseJson(body))
  if (!call.success) return sendJson(response, 400, { errors: { query: 'Required parameter missing or invalid' } })
  await endpoint.bulk.settleDue()
  sendJson(response, 200, await answer(endpoint, call.data, grant.mode))
}

type Call = z.infer<typeof callSchema>

async function answer(endpoint: AdminEndpoint, call: Call, mode: 'offline' | 'online') {
  const { context, bucket } = endpoint
  const now = context.clock.now()
  const checked = checkDocument(call.query)
  if ('errors' in checked) return { errors: checked.errors }
  const { document } = checked
  const variables = call.variables ?? {}
  const requestedQueryCost = requestedCost(adminSchema(), document, variables, call.operationName)
  const refusal = costRefusal(endpoint, requestedQueryCost, now)
  if (refusal) return refusal
  const view = viewStore(context)
  const result = await execute({
    schema: adminSchema(),
    document,
    rootValue: { ...queryRoots(view, endpoint.bulk), ...mutationRoots(view, endpoint.bulk, mode) },
    contextValue: { isBulk: false },
    variableValues: variables,
    operationName: call.operationName,
    fieldResolver: resolveField,
  })
  const isMutation = getOperationAST(document, call.operationName)?.operation === 'mutation'
  const actualQueryCost = actualCost(result.data, isMutation)
  bucket.spend(actualQueryCost, now)
  return {
    ...result,
    extensions: { cost: { requestedQueryCost, actualQueryCost, throttleStatus: bucket.status(now) } },
  }
}

/** The answer to a call that may not run for its cost, or null. Shopify sends it with status 200. */
function costRefusal(endpoint: AdminEndpoint, cost: number, now: Date) {
  if (cost > singleQueryMaxCost) {
    const message = `Query cost is ${cost}, which exceeds the single query max cost limit (${singleQueryMaxCost}).`
    const extensions = { code: 'MAX_COST_EXCEEDED', cost, maxCost: singleQueryMaxCost, documentation }
    return { errors: [{ message, extensions }] }
  }
  endpoint.calls += 1
  const { throttleEveryNth } = endpoint.context.faults
  const throttleStatus = endpoint.bucket.status(now)
  const isUnlucky = throttleEveryNth !== null && endpoint.calls % throttleEveryNth === 0
  if (!isUnlucky && cost <= throttleStatus.currentlyAvailable) return null
  return {
    errors: [{ message: 'Throttled', extensions: { code: 'THROTTLED', documentation } }],
    extensions: { cost: { requestedQueryCost: cost, actualQueryCost: null, throttleStatus } },
  }
}

const documentation = 'https://shopify.dev/api/usage/rate-limits'
const invalidToken = '[API] Invalid API key or access token (unrecognized login or wrong password)'

const callSchema = z.object({
  query: z.string(),
  variables: z.record(z.string(), z.unknown()).nullish(),
  operationName: z.string().nullish(),
})
