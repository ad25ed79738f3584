import { expect, test } from 'vitest'
import { z } from 'zod'
import { adminClient, operation } from '../fixtures/admin-client.ts'
import { startAppEndpoint } from '../fixtures/app-endpoint.ts'
import { startSmallShop } from '../fixtures/small-shop.ts'

const operationSchema = z.object({
  id: z.string(),
  status: z.string(),
  errorCode: z.string().nullish(),
  objectCount: z.string().optional(),
  url: z.string().nullish(),
  partialDataUrl: z.string().nullish(),
})
const rowSchema = z.looseObject({ id: z.string(), __parentId: z.string().optional() })

test('a bulk query goes from created over running to completed, and its rows join by parent', async () => {
  await using bulk = await startBulk('bulk-inner-orders')
  expect(bulk.started.status).toBe('CREATED')
  expect((await bulk.after(2000)).status).toBe('RUNNING')
  const done = await bulk.after(3000)
  expect(done).toMatchObject({ status: 'COMPLETED', objectCount: '5' })
  const rows = await rowsAt(done.url)
  expect(rows.filter(isRoot).map((row) => row.name)).toEqual(['#1002', '#1003'])
  expect(rows.filter((row) => row.__parentId === 'gid://shopify/Order/7002').map((row) => row.title)).toEqual([
    'Blue mug',
    'Teapot',
  ])
  const seen = new Set<string>()
  for (const row of rows) {
    if (row.__parentId) expect(seen).toContain(row.__parentId)
    seen.add(row.id)
  }
})

test.each([
  ['bulk-inner-customers', 2],
  ['bulk-inner-products', 2],
])('%s brings every object', async (name, roots) => {
  await using bulk = await startBulk(name)
  const rows = await rowsAt((await bulk.after(5000)).url)
  expect(rows.filter(isRoot)).toHaveLength(roots)
})

test('the result can be fetched in ranges', async () => {
  await using bulk = await startBulk('bulk-inner-customers')
  const { url } = await bulk.after(5000)
  const whole = await (await fetch(url ?? '')).text()
  const range = (bytes: string) => fetch(url ?? '', { headers: { range: `bytes=${bytes}` } })
  const head = await range('0-99')
  const tail = await range('100-')
  expect(head.status).toBe(206)
  expect(head.headers.get('content-range')).toBe(`bytes 0-99/${whole.length}`)
  expect((await head.text()) + (await tail.text())).toBe(whole)
  expect((await range(`${whole.length}-`)).status).toBe(416)
})

test('the end is told by webhook', async () => {
  await using app = await startAppEndpoint()
  await using bulk = await startBulk('bulk-inner-products', app.url)
  await bulk.after(5000)
  await bulk.shop.standIn.whenIdle()
  expect(app.received.map(({ headers }) => headers['x-shopify-topic'])).toEqual(['bulk_operations/finish'])
  expect(JSON.parse(String(app.received[0]?.body))).toMatchObject({
    admin_graphql_api_id: bulk.started.id,
    status: 'completed',
    error_code: null,
    type: 'query',
  })
})

test('a failing operation leaves what it had', async () => {
  await using bulk = await startBulk('bulk-inner-orders')
  bulk.shop.standIn.faults.bulkFailsAfterObjects = 3
  const failed = await bulk.after(5000)
  expect(failed).toMatchObject({ status: 'FAILED', errorCode: 'INTERNAL_SERVER_ERROR', url: null })
  expect(await rowsAt(failed.partialDataUrl)).toHaveLength(3)
})

test('five run at once and the sixth is refused; a cancelled one makes room', async () => {
  await using bulk = await startBulk('bulk-inner-products')
  for (let more = 0; more < 4; more++) expect((await bulk.start('bulk-inner-products')).userErrors).toEqual([])
  expect((await bulk.start('bulk-inner-products')).userErrors).toMatchObject([{ code: 'LIMIT_REACHED' }])
  await bulk.admin.run('bulk-cancel', { id: bulk.started.id })
  expect((await bulk.after(0)).status).toBe('CANCELED')
  expect((await bulk.start('bulk-inner-products')).userErrors).toEqual([])
})

test.each([
  ['no list at the top', '{ shop { name } }'],
  ['two top-level fields', '{ orders { edges { node { id } } } products { edges { node { id } } } }'],
  ['a parent without id', '{ orders { edges { node { name lineItems { edges { node { id } } } } } } }'],
  ['an unknown field', '{ orders { edges { node { nope } } } }'],
])('a bulk query with %s is refused', async (_why, query) => {
  await using shop = await startSmallShop()
  const admin = await adminClient(shop.standIn)
  const { data } = await admin.run('bulk-run-query', { query })
  expect(data?.bulkOperationRunQuery).toMatchObject({ bulkOperation: null, userErrors: [{ code: 'INVALID' }] })
})

async function startBulk(name: string, appUrl?: string) {
  const shop = await startSmallShop(appUrl ? { appUrl } : {})
  const admin = await adminClient(shop.standIn)
  const payloadSchema = z.object({ bulkOperation: operationSchema.nullable(), userErrors: z.array(z.json()) })
  async function start(inner: string) {
    const { data } = await admin.run('bulk-run-query', { query: operation(inner) })
    return payloadSchema.parse(data?.bulkOperationRunQuery)
  }
  const started = operationSchema.parse((await start(name)).bulkOperation)
  async function after(ms: number) {
    shop.clock.advanceTo(new Date(shop.clock.now().getTime() + ms))
    return operationSchema.parse((await admin.run('bulk-status', { id: started.id })).data?.bulkOperation)
  }
  return { shop, admin, started, start, after, [Symbol.asyncDispose]: () => shop.standIn.close() }
}

async function rowsAt(url: string | null | undefined) {
  const text = await (await fetch(url ?? '')).text()
  return text
    .trimEnd()
    .split('\n')
    .map((line) => rowSchema.parse(JSON.parse(line)))
}

function isRoot(row: { __parentId?: string }) {
  return row.__parentId === undefined
}
