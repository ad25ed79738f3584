// One call of the Admin API, and what became of it.
import { ClientError, GraphQLClient } from 'graphql-request'
import { z } from 'zod'
import type { ThrottleStatus } from './pace.ts'

const apiVersion = '2026-10'

export type Answer =
  | { kind: 'data'; data: unknown; cost: Cost | null }
  | { kind: 'throttled'; cost: Cost | null }
  | { kind: 'unauthorized' }
  | { kind: 'unavailable'; reason: string; retryAfterMs: number | null }
  | { kind: 'refused'; message: string; codes: string[] }

export interface Cost {
  requestedQueryCost: number
  throttleStatus: ThrottleStatus
}

export interface Call {
  shopDomain: string
  accessToken: string
  document: string
  variables: object
  timeoutMs: number
  signal?: AbortSignal | undefined
}

/** Makes the call once. Everything that Shopify can answer is an outcome; it throws only when `signal` aborts. */
export async function callAdminApi(call: Call): Promise<Answer> {
  const timeout = AbortSignal.timeout(call.timeoutMs)
  const client = new GraphQLClient(`https://${call.shopDomain}/admin/api/${apiVersion}/graphql.json`, {
    headers: { 'x-shopify-access-token': call.accessToken },
    errorPolicy: 'all',
    signal: call.signal ? AbortSignal.any([call.signal, timeout]) : timeout,
    // Looked up at each call, because the sandbox puts its routing in place of it.
    fetch: (input, init) => globalThis.fetch(input, init),
  })
  try {
    const { data, errors, extensions } = await client.rawRequest(call.document, call.variables)
    return readAnswer(data, errors, extensions)
  } catch (error) {
    if (error instanceof ClientError) return readFailure(error)
    call.signal?.throwIfAborted()
    return { kind: 'unavailable', reason: error instanceof Error ? error.message : String(error), retryAfterMs: null }
  }
}

const costSchema = z.object({
  requestedQueryCost: z.number(),
  throttleStatus: z.object({
    maximumAvailable: z.number(),
    currentlyAvailable: z.number(),
    restoreRate: z.number().positive(),
  }),
})
const errorsSchema = z.array(
  z.object({ message: z.string(), extensions: z.object({ code: z.string().optional() }).nullish() }),
)

function readAnswer(data: unknown, errors: unknown, extensions: unknown): Answer {
  const cost = z.object({ cost: costSchema }).safeParse(extensions).data?.cost ?? null
  if (!errors) return { kind: 'data', data, cost }
  const known = errorsSchema.safeParse(errors).data ?? [{ message: 'Shopify answered with an unreadable error' }]
  const codes = known.flatMap((error) => error.extensions?.code ?? [])
  if (codes.includes('THROTTLED')) return { kind: 'throttled', cost }
  if (codes.includes('INTERNAL_SERVER_ERROR')) {
    return { kind: 'unavailable', reason: 'Shopify reports an internal error', retryAfterMs: null }
  }
  return { kind: 'refused', message: known.map((error) => error.message).join('; '), codes }
}

function readFailure({ response }: ClientError): Answer {
  const { status } = response
  if (status === 401) return { kind: 'unauthorized' }
  if (status === 429 || status >= 500) {
    const seconds = Number(new Headers(response.headers).get('retry-after') ?? Number.NaN)
    const retryAfterMs = Number.isFinite(seconds) ? Math.max(0, seconds) * 1000 : null
    return { kind: 'unavailable', reason: `Shopify answered ${status}`, retryAfterMs }
  }
  return { kind: 'refused', message: `Shopify answered ${status}`, codes: [`HTTP_${status}`] }
}
