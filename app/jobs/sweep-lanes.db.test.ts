// Proves that the sweep mends lanes that were forgotten, and raises no alarm where two machines' clocks differ.
import { expect, test } from 'vitest'
import { acceptDeliveries } from '#app/events/inbox.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { sweepLanes } from './sweep-lanes.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const secondsLater = (seconds: number) => new Date(now.getTime() + seconds * 1000)

test('a lane that has work and does not know of it becomes due, and is counted', async () => {
  const shopId = await shopWithDelivery(now)
  await db.pool.query(`update shop_lane set next_due_at = 'infinity' where shop_id = $1`, [shopId])
  expect(await sweepLanes(db, secondsLater(1))).toBe(1)
  expect(await sweepLanes(db, secondsLater(1))).toBe(0)
})

test('fault 23: a lane that is due by the slightly faster clock of another machine is no lost wake-up', async () => {
  await shopWithDelivery(secondsLater(5))
  expect(await sweepLanes(db, now)).toBe(0)
})

async function shopWithDelivery(at: Date): Promise<ShopId> {
  const shopId = await buildShop(db)
  const delivery = { source: 'shopify', topic: 'orders/create', deliveryId: `delivery of ${shopId}` } as const
  await acceptDeliveries(db, [{ ...delivery, shopId, triggeredAt: at, body: Buffer.from('{}') }], at)
  return shopId
}
