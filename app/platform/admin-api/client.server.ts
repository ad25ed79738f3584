// The one way to Shopify's Admin API from the background: paced per shop by cost, patient with trouble that passes.
import { assertNever } from '#app/lib/errors.ts'
import type { Clock } from '#app/platform/clock.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { type Answer, type Cost, callAdminApi } from './answer.server.ts'
import { AdminApiError, ShopAccessError } from './errors.ts'
import type { Operation } from './operation.server.ts'
import { type Bucket, reservePoints, waitMs } from './pace.ts'
import type { AccessTokens } from './tokens.ts'

export interface AdminApi {
  /**
   * Runs an operation for a shop and returns its answer.
   * @throws ShopAccessError, AdminApiError; any other error means that trying later may help
   */
  run<Data>(shopDomain: string, operation: Operation<Data>, variables?: object, signal?: AbortSignal): Promise<Data>
}

export interface AdminApiDeps {
  tokens: AccessTokens
  clock: Clock
  log: Log
}

const maxTries = 8
const callTimeoutMs = 30_000
/** Until a document's cost is known from its first answer. */
const unknownCost = 100
/** More shops than this are not paced at the same time; a bucket is full again after twenty seconds anyway. */
const maxBuckets = 5_000

export function createAdminApi({ tokens, clock, log }: AdminApiDeps): AdminApi {
  const buckets = new Map<string, Bucket>()
  const costs = new Map<string, number>()

  async function pace(shopDomain: string, operationName: string, signal: AbortSignal | undefined) {
    const points = costs.get(operationName) ?? unknownCost
    for (;;) {
      const bucket = buckets.get(shopDomain)
      if (!bucket) return
      const ms = waitMs(bucket, points, clock.now().getTime())
      if (ms === 0) return void buckets.set(shopDomain, reservePoints(bucket, points, clock.now().getTime()))
      await clock.sleep(ms, signal)
      signal?.throwIfAborted()
    }
  }

  function learn(shopDomain: string, operationName: string, cost: Cost | null) {
    if (!cost) return
    costs.set(operationName, cost.requestedQueryCost)
    buckets.delete(shopDomain)
    buckets.set(shopDomain, { ...cost.throttleStatus, atMs: clock.now().getTime() })
    if (buckets.size > maxBuckets) buckets.delete(buckets.keys().next().value!)
  }

  return {
    async run(shopDomain, operation, variables = {}, signal) {
      let accessToken = await tokens.current(shopDomain)
      let isReplaced = false
      for (let tries = 1; ; tries++) {
        await pace(shopDomain, operation.name, signal)
        const { document } = operation
        const call = { shopDomain, accessToken, document, variables, timeoutMs: callTimeoutMs, signal }
        const answer = await callAdminApi(call)
        if (answer.kind === 'data' || answer.kind === 'throttled') learn(shopDomain, operation.name, answer.cost)
        switch (answer.kind) {
          case 'data':
            return operation.answer.parse(answer.data)
          case 'refused':
            throw new AdminApiError(`${operation.name}: ${answer.message}`, answer.codes)
          case 'unauthorized':
            if (isReplaced) throw new ShopAccessError(`${shopDomain} takes no token of ours`)
            accessToken = await tokens.replace(shopDomain, accessToken)
            isReplaced = true
            continue
          case 'throttled':
          case 'unavailable':
            if (tries >= maxTries) throw new Error(`${operation.name}: ${reasonOf(answer)}, ${tries} times`)
            log.debug({ shopDomain, operation: operation.name, tries, reason: reasonOf(answer) }, 'admin_api.retry')
            await clock.sleep(backOffMs(answer, tries), signal)
            signal?.throwIfAborted()
            continue
          default:
            assertNever(answer)
        }
      }
    },
  }
}

type Trouble = Extract<Answer, { kind: 'throttled' | 'unavailable' }>

const reasonOf = (answer: Trouble) => (answer.kind === 'throttled' ? 'throttled' : answer.reason)

/** Doubling from half a second up to half a minute, spread so that callers don't come back together. */
function backOffMs(answer: Trouble, tries: number): number {
  const spread = 0.5 + Math.random()
  const doubling = Math.min(30_000, 500 * 2 ** (tries - 1)) * spread
  if (answer.kind === 'unavailable') return Math.max(answer.retryAfterMs ?? 0, doubling)
  if (!answer.cost) return Math.max(1_000, doubling)
  const { throttleStatus, requestedQueryCost } = answer.cost
  const bucket = { ...throttleStatus, atMs: 0 }
  return waitMs(bucket, requestedQueryCost, 0) + 500 * spread
}
