import '#sandbox/shopify/route.ts'
import { afterAll, expect, test } from 'vitest'
import { takeInbox } from '#app/events/inbox.server.ts'
import { observe } from '#app/events/observe.ts'
import { syncResources } from '#app/jobs/catalogue.ts'
import { createAdminApi } from '#app/platform/admin-api/client.server.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { createDownload } from '#app/platform/download.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { adminClient, offlineToken } from '#sandbox/shopify/fixtures/admin-client.ts'
import { startSmallShop } from '#sandbox/shopify/fixtures/small-shop.ts'
import { routeShopifyTo } from '#sandbox/shopify/route.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { reconcileShop } from './reconcile-shop.server.ts'
import { onBulkOperationFinished, syncResource } from './sync-resource.server.ts'
import { openRun } from './sync-runs.server.ts'

const db = await createTestDatabase()
const domain = 'small-shop.myshopify.com'
const shopId = await buildShop(db, { domain })
const stage = await startSmallShop({ scopes: ['read_orders', 'read_all_orders', 'read_products', 'write_customers'] })
const undo = routeShopifyTo(stage.standIn.url)
afterAll(async () => {
  undo()
  await stage.standIn.close()
})
// The story passes days; a token of its own for each call never expires in it.
const freshToken = async () => (await offlineToken(stage.standIn)).access_token
const enqueued: unknown[] = []
const deps = {
  db,
  clock: stage.clock,
  log: silentLog,
  download: createDownload({ mayBePrivate: true }),
  adminApi: createAdminApi({
    tokens: { current: freshToken, replace: freshToken },
    clock: systemClock,
    log: silentLog,
  }),
  queue: { enqueue: async (_tx: unknown, ...job: unknown[]) => void enqueued.push(job), hurry: () => {} },
}
const signal = AbortSignal.timeout(30_000)

test('an import asks for an export, waits for it, reads it, and is done', async () => {
  for (const resource of syncResources) await syncResource(deps, { shopId, resource }, signal)
  expect(enqueued).toHaveLength(3)
  expect(await states()).toEqual(['exporting', 'exporting', 'exporting'])
  for (const resource of syncResources) await syncResource(deps, { shopId, resource }, signal)
  expect(await states()).toEqual(['exporting', 'exporting', 'exporting'])
  pass(5_000)
  for (const resource of syncResources) await syncResource(deps, { shopId, resource }, signal)
  expect(await states()).toEqual(['done', 'done', 'done'])
  const told = await inbox()
  expect(told.map((row) => row.topic).toSorted()).toEqual([
    'customer',
    'customer',
    'order',
    'order',
    'order',
    'product',
    'product',
  ])
})

test('every record of the export is understood as history', async () => {
  const observations = (await inbox()).map((row) => observe({ ...row, currency: 'GBP' }))
  expect(observations.every((observation) => observation.historic)).toBe(true)
  const orders = observations.flatMap((observation) => observation.order ?? [])
  expect(orders.map((order) => [order.name, order.lines.length, order.totalMinor])).toContainEqual(['#1002', 2, 6190])
  const products = observations.flatMap((observation) => observation.product ?? [])
  expect(products.every((product) => product.variants.length === 1 && product.variantsComplete)).toBe(true)
  expect(observations.flatMap((observation) => observation.consent?.state ?? [])).toEqual(['subscribed', 'subscribed'])
})

test('doing a finished import again brings nothing', async () => {
  const before = (await inbox()).length
  for (const resource of syncResources) await syncResource(deps, { shopId, resource }, signal)
  expect(await inbox()).toHaveLength(before)
})

test('the sweep brings what changed since, as news, and the next sweep brings it not again', async () => {
  const before = new Set((await inbox()).map((row) => row.id))
  pass(86_400_000)
  stage.store.customers.get('8001')!.updatedAt = stage.clock.now()
  stage.store.orders.get('7003')!.updatedAt = stage.clock.now()
  pass(3_600_000)
  await reconcileShop(deps, shopId, signal)
  const fresh = (await inbox()).filter((row) => !before.has(row.id))
  expect(fresh.map((row) => row.topic).toSorted()).toEqual(['customer', 'order'])
  const observations = fresh.map((row) => observe({ ...row, currency: 'GBP' }))
  expect(observations.every((observation) => observation.historic === false)).toBe(true)
  expect(observations.flatMap((observation) => observation.order?.lines.length ?? [])).toEqual([1])
  await reconcileShop(deps, shopId, signal)
  expect((await inbox()).length).toBe(before.size + 2)
})

test('an export that Shopify could not finish is asked for again', async () => {
  const resource = 'orders'
  await db.pool.query(`update sync_run set state = 'waiting' where resource = 'orders'`)
  stage.standIn.faults.bulkFailsAfterObjects = 1
  await syncResource(deps, { shopId, resource }, signal)
  pass(5_000)
  await expect(syncResource(deps, { shopId, resource }, signal)).rejects.toThrow('the export ended as FAILED')
  stage.standIn.faults.bulkFailsAfterObjects = null
  await syncResource(deps, { shopId, resource }, signal)
  pass(5_000)
  await syncResource(deps, { shopId, resource }, signal)
  expect((await withSystem(db, (tx) => openRun(tx, shopId, resource, stage.clock.now()))).state).toBe('done')
})

test("Shopify's word that an export is ready lets its import go on at once; of a strange one nothing follows", async () => {
  await db.pool.query(`update sync_run set state = 'waiting' where resource = 'products'`)
  await syncResource(deps, { shopId, resource: 'products' }, signal)
  const run = await withSystem(db, (tx) => openRun(tx, shopId, 'products', stage.clock.now()))
  enqueued.length = 0
  await withSystem(db, async (tx) => {
    await onBulkOperationFinished(tx, deps.queue, { shopId, operationId: run.operationId! })
    await onBulkOperationFinished(tx, deps.queue, { shopId, operationId: 'gid://shopify/BulkOperation/1' })
  })
  expect(enqueued).toEqual([['sync-resource', { shopId, resource: 'products' }]])
})

test('a shop that may not be read says so and is not asked again', async () => {
  await using other = await startSmallShop({ scopes: ['read_products'] })
  const undoOther = routeShopifyTo(other.standIn.url)
  const admin = await adminClient(other.standIn)
  expect((await admin.query('{ shop { name } }')).errors).toBeUndefined()
  const token = (await offlineToken(other.standIn)).access_token
  const tokens = { current: async () => token, replace: async () => token }
  const theirs = {
    ...deps,
    clock: other.clock,
    adminApi: createAdminApi({ tokens, clock: systemClock, log: silentLog }),
  }
  await db.pool.query(`update sync_run set state = 'waiting' where resource = 'customers'`)
  await syncResource(theirs, { shopId, resource: 'customers' }, signal)
  other.clock.advanceTo(new Date(other.clock.now().getTime() + 5_000))
  await syncResource(theirs, { shopId, resource: 'customers' }, signal)
  expect(await states()).toContain('failed')
  undoOther()
})

function pass(ms: number) {
  stage.clock.advanceTo(new Date(stage.clock.now().getTime() + ms))
}

async function states() {
  const { rows } = await db.pool.query<{ state: string }>('select state from sync_run order by resource')
  return rows.map((row) => row.state)
}

const inbox = () => withSystem(db, (tx) => takeInbox(tx, [shopId], 1_000))
