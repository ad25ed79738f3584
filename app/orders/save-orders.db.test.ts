import { expect, test } from 'vitest'
import type { OrderState } from '#app/events/observation.ts'
import { profileId, type ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { minute } from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { deleteOrders } from './delete-orders.server.ts'
import { recomputeProfileOrders } from './profile-orders.server.ts'
import { saveOrders } from './save-orders.server.ts'
import { saveRefunds } from './save-refunds.server.ts'

const db = await createTestDatabase()

const order = (orderId: string, changes: Partial<OrderState> = {}): OrderState => ({
  orderId,
  name: null,
  cartToken: null,
  checkoutToken: null,
  currency: 'GBP',
  totalMinor: 1000,
  isTest: false,
  lines: [],
  placedAt: minute(1),
  paidAt: null,
  fulfilledAt: null,
  cancelledAt: null,
  updatedAt: minute(1),
  ...changes,
})

const save = (shopId: ShopId, orders: OrderState[], buyer: number | null = null) =>
  withSystem(db, (tx) => {
    const people = { profileId: buyer === null ? null : profileId(buyer), cartOwner: null, checkoutOwner: null }
    return saveOrders(
      tx,
      orders.map((state) => ({ shopId, order: state, ...people })),
    )
  })

const refund = (shopId: ShopId, refundId: string, amountMinor: number, refundedAt: Date) =>
  withSystem(db, (tx) =>
    saveRefunds(tx, [{ shopId, refund: { refundId, orderId: 'o1', amountMinor, refundedAt, lines: [] } }]),
  )

const read = <Row extends object>(sql: string, shopId: ShopId) => withSystem(db, (tx) => tx.rows<Row>(sql, [shopId]))
const refunded = (shopId: ShopId) =>
  read<{ refunded: number }>('select refunded_minor as refunded from shop_order where shop_id = $1', shopId)

test('what the sync states as given back is not counted again when its refunds arrive; later ones come on top', async () => {
  const shop = await buildShop(db)
  await save(shop, [order('o1', { refundedMinor: 300, updatedAt: minute(10) })])
  await refund(shop, 'r1', 100, minute(5))
  await refund(shop, 'r2', 200, minute(6))
  expect(await refunded(shop)).toEqual([{ refunded: 300 }])
  await refund(shop, 'r3', 50, minute(20))
  expect(await refunded(shop)).toEqual([{ refunded: 350 }])
  await save(shop, [order('o1', { refundedMinor: 100, updatedAt: minute(5) })])
  expect(await refunded(shop)).toEqual([{ refunded: 350 }])
})

test('a line that the newest state leaves out stays, and an older state overwrites none', async () => {
  const shop = await buildShop(db)
  const line = (lineId: string, title: string) => ({
    ...{ lineId, title, productId: null, variantId: null, variantTitle: null },
    ...{ quantity: 1, priceMinor: 500, lineMinor: 500 },
  })
  await save(shop, [order('o1', { lines: [line('l1', 'new')], updatedAt: minute(10) })])
  await save(shop, [order('o1', { lines: [line('l1', 'old'), line('l2', 'old')], updatedAt: minute(5) })])
  expect(await read('select line_id as id, title from order_line where shop_id = $1 order by line_id', shop)).toEqual([
    { id: 'l1', title: 'new' },
    { id: 'l2', title: 'old' },
  ])
})

test('cancelled, deleted and test orders do not count, nor does what was given back or paid in another currency', async () => {
  const shop = await buildShop(db)
  const [profile] = await read<{ id: number }>(
    `insert into profile (shop_id, created_at) values ($1, '2026-01-01') returning id`,
    shop,
  )
  const orders = [
    order('o1', { placedAt: minute(1) }),
    order('o2', { placedAt: minute(2), currency: 'EUR' }),
    order('o3', { placedAt: minute(3), isTest: true }),
    order('o4', { placedAt: minute(4), cancelledAt: minute(5) }),
    order('o5', { placedAt: minute(5) }),
  ]
  await save(shop, orders, profile!.id)
  await refund(shop, 'r1', 400, minute(9))
  await withSystem(db, async (tx) => {
    await deleteOrders(tx, [{ shopId: shop, orderId: 'o5', at: minute(6), currency: 'GBP' }])
    await recomputeProfileOrders(tx, [{ shopId: shop, profileId: profileId(profile!.id) }])
  })
  const sums = 'order_count as orders, total_spent_minor as spent, first_order_at as first, last_order_at as last'
  expect(await read(`select ${sums} from profile where shop_id = $1`, shop)).toEqual([
    { orders: 2, spent: 600, first: minute(1), last: minute(2) },
  ])
})

test('an order that is deleted before it arrives is deleted when it does', async () => {
  const shop = await buildShop(db)
  await withSystem(db, (tx) => deleteOrders(tx, [{ shopId: shop, orderId: 'o1', at: minute(6), currency: 'GBP' }]))
  const [saved] = await save(shop, [order('o1')])
  expect(saved?.isNew).toBe(true)
  expect(await read('select total_minor as total, deleted_at as at from shop_order where shop_id = $1', shop)).toEqual([
    { total: 1000, at: minute(6) },
  ])
})
