import { expect, test } from 'vitest'
import { withShop } from '#app/platform/database.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { loader } from './app.privacy_.$requestId.tsx'
import { listPrivacyRequests } from './privacy.server.ts'

const db = await createTestDatabase()
const at = new Date('2026-11-22T12:00:00Z')

test('a merchant sees the own requests only, and which of them has data to download', async () => {
  const [shop, other] = [await buildShop(db), await buildShop(db)]
  const [answered, open] = [await addRequest(shop, at), await addRequest(shop, null)]
  await addRequest(other, at)
  await db.pool.query(
    `insert into data_export_chunk (shop_id, data_request_id, place, sealed) values ($1, $2, 0, ''), ($1, $3, 0, '')`,
    [shop, answered, open],
  )
  const lines = await withShop(db, shop, listPrivacyRequests)
  expect(lines.map(({ id, hasExport }) => [id, hasExport])).toEqual([
    [open, false],
    [answered, true],
  ])
})

test('the download is the answer, whole and as a file; what is not there is not found', async () => {
  await buildShop(db, { domain: 'harbour.myshopify.com' })
  const response = await download('1')
  expect(response.headers.get('content-disposition')).toContain('attachment')
  expect(response.headers.get('cache-control')).toBe('no-store')
  expect(await response.text()).toBe('{"a":1}')
  for (const id of ['2', 'x', '1e3', '']) {
    const refused = await download(id).catch((thrown: unknown) => thrown)
    expect(refused instanceof Response && refused.status).toBe(404)
  }
})

async function addRequest(shop: number, completedAt: Date | null) {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into data_request (shop_id, request_id, kind, requested_at, due_at, completed_at)
     values ($1, gen_random_uuid(), 'data_request', $2, $2, $3) returning id`,
    [shop, at, completedAt],
  )
  return rows[0]!.id
}

async function download(requestId: string) {
  const tern = {
    shopify: { authenticate: { admin: async () => ({ session: { shop: 'harbour.myshopify.com' } }) } },
    directory: createShopDirectory(db),
    log: { info: () => {} },
    async *readExport(_: unknown, id: number) {
      if (id === 1) yield* ['{"a"', ':1}']
    },
  }
  const request = new Request('https://tern.example/app/privacy/1')
  return loader({ request, params: { requestId }, context: { tern } } as never)
}
