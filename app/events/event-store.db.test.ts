import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { appendEvents, type NewEvent } from './event-store.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')

const paid = (shopId: ShopId, order: string, changes: Partial<NewEvent> = {}): NewEvent => ({
  shopId,
  profileId: null,
  live: true,
  type: 'order_paid',
  subjects: [`order:${order}`, 'cart:c1'],
  occurredAt: now,
  valueMinor: 1999,
  currency: 'GBP',
  props: { itemCount: 1 },
  ...changes,
})
const cartUpdated = (shopId: ShopId) => paid(shopId, '', { type: 'cart_updated', subjects: ['cart:c1'] })
const append = (events: NewEvent[]) => withSystem(db, (tx) => appendEvents(tx, events, now))

test('events are kept in the order given, the first subject in its column and the others in the props', async () => {
  const shop = await buildShop(db)
  const stored = await append([paid(shop, '2'), cartUpdated(shop), paid(shop, '1')])
  expect(stored.map((event) => event.subjects[0])).toEqual(['order:2', 'cart:c1', 'order:1'])
  expect(stored[0]!.id).toBeLessThan(stored[2]!.id)
  const { rows } = await db.pool.query(
    'select id::int, subject, value_minor::int, currency, props from event where shop_id = $1 order by id',
    [shop],
  )
  expect(rows[0]).toEqual({
    id: stored[0]!.id,
    subject: 'order:2',
    value_minor: 1999,
    currency: 'GBP',
    props: { itemCount: 1, subjects: ['cart:c1'] },
  })
})

test('an order is paid once, whether it is told in one batch, again later, or with another time', async () => {
  const shop = await buildShop(db)
  const later = { occurredAt: new Date('2026-12-24T00:00:00Z'), live: false }
  expect(await append([paid(shop, '1'), paid(shop, '1', later)])).toHaveLength(1)
  expect(await append([paid(shop, '2'), paid(shop, '1', later)])).toMatchObject([{ subjects: ['order:2', 'cart:c1'] }])
  const { rows } = await db.pool.query('select 1 from event where shop_id = $1', [shop])
  expect(rows).toHaveLength(2)
})

test('the same order number of another shop is another order', async () => {
  const [mine, other] = [await buildShop(db), await buildShop(db)]
  expect(await append([paid(mine, '1'), paid(other, '1')])).toHaveLength(2)
})

test('a cart may change again and again', async () => {
  const shop = await buildShop(db)
  expect(await append([cartUpdated(shop), cartUpdated(shop)])).toHaveLength(2)
  expect(await append([cartUpdated(shop)])).toHaveLength(1)
})
