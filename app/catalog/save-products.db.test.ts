import { expect, test } from 'vitest'
import type { ProductState } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { minute } from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { deleteProducts, saveProducts } from './save-products.server.ts'

const db = await createTestDatabase()

function product(updatedAt: Date, changes: Partial<ProductState> = {}, variantIds = ['v1', 'v2']): ProductState {
  const fields = { handle: null, imageUrl: null, productType: null, vendor: null, tags: [], status: 'active' }
  const variants = variantIds.map((variantId) => ({
    variantId,
    title: variantId,
    sku: null,
    priceMinor: 1000,
    compareAtMinor: null,
    stock: 3,
  }))
  return { productId: 'p1', title: 'Mug', ...fields, variants, variantsComplete: true, updatedAt, ...changes }
}

const save = (shopId: ShopId, ...states: ProductState[]) =>
  withSystem(db, (tx) =>
    saveProducts(
      tx,
      states.map((state) => ({ shopId, product: state })),
    ),
  )

const catalogue = (shopId: ShopId) =>
  withSystem(db, (tx) =>
    tx.rows(
      `select p.title, p.collection_ids as collections, p.deleted_at as deleted,
         array(select v.shopify_id from variant v where v.shop_id = p.shop_id and v.product_id = p.shopify_id order by 1) as variants
       from product p where p.shop_id = $1`,
      [shopId],
    ),
  )

test('an older state of a product changes nothing, the same one again neither', async () => {
  const shop = await buildShop(db)
  await save(shop, product(minute(5), { title: 'New' }), product(minute(4), { title: 'Old' }, ['v9']))
  await save(shop, product(minute(5), { title: 'New' }))
  await save(shop, product(minute(3), { title: 'Older' }, []))
  expect(await catalogue(shop)).toEqual([{ title: 'New', collections: [], deleted: null, variants: ['v1', 'v2'] }])
})

test('variants that are missing from the whole list go, from a part of it they stay', async () => {
  const shop = await buildShop(db)
  await save(shop, product(minute(1), {}, ['v1', 'v2', 'v3']))
  await save(shop, product(minute(2), { variantsComplete: false }, ['v1']))
  expect(await catalogue(shop)).toMatchObject([{ variants: ['v1', 'v2', 'v3'] }])
  await save(shop, product(minute(3), {}, ['v1', 'v4']))
  expect(await catalogue(shop)).toMatchObject([{ variants: ['v1', 'v4'] }])
})

test('collections stay as they are when the source does not tell them', async () => {
  const shop = await buildShop(db)
  await save(shop, product(minute(1), { collectionIds: ['c1'] }))
  await save(shop, product(minute(2)))
  expect(await catalogue(shop)).toMatchObject([{ collections: ['c1'] }])
  await save(shop, product(minute(3), { collectionIds: [] }))
  expect(await catalogue(shop)).toMatchObject([{ collections: [] }])
})

test('collections that a late source tells first are taken from it', async () => {
  const shop = await buildShop(db)
  await save(shop, product(minute(5), { title: 'New' }))
  await save(shop, product(minute(4), { title: 'Old', collectionIds: ['c1'] }, []))
  expect(await catalogue(shop)).toMatchObject([{ title: 'New', collections: ['c1'], variants: ['v1', 'v2'] }])
})

test('a product that was deleted stays deleted, also when its earlier states come later', async () => {
  const shop = await buildShop(db)
  await withSystem(db, (tx) => deleteProducts(tx, [{ shopId: shop, productId: 'p1', at: minute(9) }]))
  await save(shop, product(minute(2)))
  expect(await catalogue(shop)).toEqual([{ title: 'Mug', collections: [], deleted: minute(9), variants: ['v1', 'v2'] }])
})
