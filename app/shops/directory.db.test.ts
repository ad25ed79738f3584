import { expect, test } from 'vitest'
import { shopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { createShopDirectory } from './directory.server.ts'

const db = await createTestDatabase()

test('a shop is found by its domain and by its public id; who is no shop is not', async () => {
  const shop = await buildShop(db, { domain: 'harbour.myshopify.com' })
  const directory = createShopDirectory(db)
  const entry = await directory.byDomain('harbour.myshopify.com')
  expect(entry).toMatchObject({ shopId: shop, state: 'active' })
  expect(await directory.byPublicId(entry!.publicId)).toEqual(entry)
  expect(await directory.byDomain('nobody.myshopify.com')).toBeNull()
  expect(await directory.byPublicId('no uuid')).toBeNull()
})

test('an answer is kept for ten seconds, unless it is to be forgotten', async () => {
  let realMs = 0
  const shop = await buildShop(db, { domain: 'leaving.myshopify.com' })
  const directory = createShopDirectory(db, () => realMs)
  const state = async () => (await directory.byDomain('leaving.myshopify.com'))?.state
  expect(await state()).toBe('active')
  await db.pool.query(`update shop set uninstalled_at = '2026-11-22' where id = $1`, [shop])
  expect(await state()).toBe('active')
  realMs = 10_001
  expect(await state()).toBe('uninstalled')
  await db.pool.query(`update shop set redacted_at = '2026-11-24' where id = $1`, [shop])
  directory.forget(shop)
  expect(await state()).toBe('redacted')
})

test('the facts of many shops come at once, and those of a shop that does not exist are left out', async () => {
  const [one, two] = [await buildShop(db, { currency: 'JPY' }), await buildShop(db)]
  const directory = createShopDirectory(db)
  const facts = await withSystem(db, (tx) => directory.byIds(tx, [one, two, shopId(987_654)]))
  expect([...facts.keys()]).toEqual([one, two])
  expect(facts.get(one)).toMatchObject({ currency: 'JPY', timezone: 'Europe/London', name: 'Harbour Goods' })
})
