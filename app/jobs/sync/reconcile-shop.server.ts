// The daily sweep: asks Shopify for everything that changed since the last one, because webhooks can be lost.
import type { SyncResource } from '#app/jobs/catalogue.ts'
import type { JobDeps } from '#app/jobs/job-deps.server.ts'
import { assertNever } from '#app/lib/errors.ts'
import type { ShopId } from '#app/lib/ids.ts'
import type { AdminApi } from '#app/platform/admin-api/client.server.ts'
import {
  customersUpdatedSince,
  type OrderNode,
  ordersUpdatedSince,
  productsUpdatedSince,
  readOrderLines,
  type ShopifyNode,
} from '#app/platform/admin-api/operations.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { findActiveDomain } from '#app/shops/shop-facts.server.ts'
import { deliverNodes, waitForRoom } from './deliver-nodes.server.ts'
import { listFinishedRuns, moveWatermark, type SyncRun } from './sync-runs.server.ts'

export type ReconcileDeps = Pick<JobDeps, 'db' | 'clock' | 'adminApi'>

/** Shopify's search index is a little behind its records. */
const overlapMs = 10 * 60_000
const mostPending = 5_000
/** Shopify pages through 25,000 records of one search and no further. */
const nodesPerSearch = 20_000

/** Brings every finished import of the shop up to date. What is known already is recognised and costs next to nothing. */
export async function reconcileShop(deps: ReconcileDeps, shopId: ShopId, signal: AbortSignal): Promise<void> {
  const domain = await findActiveDomain(deps.db, shopId)
  if (domain === null) return
  const runs = await withSystem(deps.db, (tx) => listFinishedRuns(tx, shopId))
  for (const run of runs) await sweepResource(deps, run, domain, signal)
}

async function sweepResource(deps: ReconcileDeps, run: SyncRun, domain: string, signal: AbortSignal) {
  const startedAt = deps.clock.now()
  let since = new Date((run.watermark ?? startedAt).getTime() - overlapMs)
  let after: string | null = null
  let seen = 0
  for (;;) {
    const page: Page = await readPage(deps.adminApi, domain, run.resource, { after, since, signal })
    await waitForRoom(deps.db, run.shopId, mostPending, signal)
    const kind = { shopId: run.shopId, resource: run.resource, isHistoric: false }
    await deliverNodes(deps.db, kind, page.nodes, deps.clock.now())
    const newest = page.nodes.at(-1)?.updatedAt
    // Oldest change first: what was delivered needs no second sweep, should this one be cut off.
    if (newest) await saveWatermark(deps, run, new Date(newest))
    if (!page.pageInfo.hasNextPage) break
    seen += page.nodes.length
    after = page.pageInfo.endCursor
    if (seen < nodesPerSearch || !newest) continue
    since = new Date(newest)
    after = null
    seen = 0
  }
  await saveWatermark(deps, run, startedAt)
}

const saveWatermark = (deps: ReconcileDeps, run: SyncRun, watermark: Date) =>
  withSystem(deps.db, (tx) => moveWatermark(tx, run, watermark, deps.clock.now()))

interface Page {
  nodes: ShopifyNode[]
  pageInfo: { hasNextPage: boolean; endCursor: string | null }
}

interface PageRequest {
  since: Date
  after: string | null
  signal: AbortSignal
}

async function readPage(api: AdminApi, domain: string, resource: SyncResource, request: PageRequest): Promise<Page> {
  const { since, after, signal } = request
  const variables = { after, query: `updated_at:>='${since.toISOString()}'` }
  switch (resource) {
    case 'customers':
      return (await api.run(domain, customersUpdatedSince, variables, signal)).customers
    case 'products':
      return (await api.run(domain, productsUpdatedSince, variables, signal)).products
    case 'orders': {
      const { orders } = await api.run(domain, ordersUpdatedSince, variables, signal)
      const nodes: ShopifyNode[] = []
      for (const order of orders.nodes) nodes.push(await wholeOrder(api, domain, order, signal))
      return { nodes, pageInfo: orders.pageInfo }
    }
    default:
      return assertNever(resource)
  }
}

/** The order with all its lines; a page holds the first ones only. */
async function wholeOrder(api: AdminApi, domain: string, order: OrderNode, signal: AbortSignal): Promise<ShopifyNode> {
  const nodes = [...order.lineItems.nodes]
  let { pageInfo } = order.lineItems
  while (pageInfo.hasNextPage) {
    const more = await api.run(domain, readOrderLines, { id: order.id, after: pageInfo.endCursor }, signal)
    if (!more.order) break
    nodes.push(...more.order.lineItems.nodes)
    pageInfo = more.order.lineItems.pageInfo
  }
  return { ...order, lineItems: { nodes } }
}
