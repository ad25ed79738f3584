// Which function works off which job.
import { answerDataRequest } from '#app/jobs/compliance/answer-data-request.server.ts'
import { forgetExports } from '#app/jobs/compliance/forget-exports.server.ts'
import { redactCustomer } from '#app/jobs/compliance/redact-customer.server.ts'
import { redactShop } from '#app/jobs/compliance/redact-shop.server.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import type { JobHandlers } from '#app/jobs/queue.server.ts'
import { reconcileShop } from '#app/jobs/sync/reconcile-shop.server.ts'
import { syncResource } from '#app/jobs/sync/sync-resource.server.ts'
import { findActiveDomain } from '#app/shops/shop-facts.server.ts'
import { maintainPartitions } from './maintain-partitions.server.ts'
import { pushConsent } from './push-consent.server.ts'
import { readShopFacts } from './read-shop-facts.server.ts'
import { replayFlow } from './replay-flow.server.ts'
import { reconcileShops, refreshTokens } from './tend-shops.server.ts'

export function createJobHandlers(deps: JobDeps): JobHandlers {
  return {
    'read-shop-facts': (job) => readShopFacts(deps, job),
    'sync-resource': (job, signal) => syncResource(deps, job, signal),
    'reconcile-shop': (job, signal) => reconcileShop(deps, job.shopId, signal),
    'reconcile-shops': () => reconcileShops(deps),
    'push-consent': (job) => pushConsent(deps, job),
    'replay-flow': (job, signal) => replayFlow(deps, job, signal),
    'redact-customer': (job, signal) => redactCustomer(deps, job, signal),
    'redact-shop': (job, signal) => redactShop(deps, job, signal),
    'answer-data-request': (job, signal) => answerDataRequest(deps, job, signal),
    'forget-exports': () => forgetExports(deps),
    'refresh-token': async ({ shopId }) => {
      const domain = await findActiveDomain(deps.db, shopId)
      if (domain !== null) await deps.tokens.renew(domain)
    },
    'refresh-tokens': () => refreshTokens(deps),
    'maintain-partitions': () => maintainPartitions(deps),
  }
}
