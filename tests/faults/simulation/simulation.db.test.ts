// Lives of small shops in which nearly everything goes wrong, and none of Tern's promises breaks.
import { afterAll, expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { runSeeds } from './run-seeds.ts'
import { prepareShop } from './shop-database.ts'

const shop = await prepareShop((await createTestDatabase()).url)
afterAll(() => shop.close())

const seeds = 200

test('faults 1, 2, 6, 10 to 12, 14 to 16, 23, 27: whatever dies, stalls or comes late, nothing is sent twice and nothing is lost', {
  timeout: 600_000,
}, async () => {
  expect(await runSeeds(shop, 1, seeds)).toMatchObject({ seeds })
})
