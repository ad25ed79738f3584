import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withSystem } from '#app/platform/database.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { acceptDeliveries, archiveInbox, type Delivery, setAsideInbox, takeInbox } from './inbox.server.ts'
import { listSetAside, retrySetAside } from './set-aside.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')

const delivery = (shopId: ShopId, deliveryId: string, changes: Partial<Delivery> = {}): Delivery => ({
  shopId,
  source: 'shopify',
  topic: 'orders/create',
  deliveryId,
  triggeredAt: now,
  body: Buffer.from(`{"id":"${deliveryId}"}`),
  ...changes,
})

const take = (shopIds: ShopId[], perShop = 100) => withSystem(db, (tx) => takeInbox(tx, shopIds, perShop))

test('a delivery comes out of the inbox as it went in', async () => {
  const shop = await buildShop(db)
  const body = Buffer.from('{"title":"Tea & Ünïcode ☕"}')
  expect(await acceptDeliveries(db, [delivery(shop, 'a', { body })], now)).toEqual(['accepted'])
  expect(await take([shop])).toEqual([
    {
      shopId: shop,
      id: expect.any(Number),
      source: 'shopify',
      topic: 'orders/create',
      deliveryId: 'a',
      triggeredAt: now,
      receivedAt: now,
      body: body.toString(),
    },
  ])
})

test('a delivery that comes again is a duplicate: in the same batch, in a later one, after it was worked off', async () => {
  const shop = await buildShop(db)
  const twice = [delivery(shop, 'a'), delivery(shop, 'a'), delivery(shop, 'b')]
  expect(await acceptDeliveries(db, twice, now)).toEqual(['accepted', 'duplicate', 'accepted'])
  expect(await acceptDeliveries(db, [delivery(shop, 'c'), delivery(shop, 'b')], now)).toEqual(['accepted', 'duplicate'])
  const rows = await take([shop])
  await withSystem(db, (tx) =>
    archiveInbox(
      tx,
      rows.map((row) => ({ ...row, profileId: null })),
      now,
    ),
  )
  const fourHoursLater = new Date(now.getTime() + 4 * 3_600_000)
  expect(await acceptDeliveries(db, [delivery(shop, 'a')], fourHoursLater)).toEqual(['duplicate'])
  expect(await take([shop])).toEqual([])
})

test('a repetition past midnight, and one whose time is nonsense, are still duplicates', async () => {
  const shop = await buildShop(db)
  const late = new Date('2026-11-22T23:59:00Z')
  const afterMidnight = new Date('2026-11-23T03:00:00Z')
  await acceptDeliveries(db, [delivery(shop, 'a', { triggeredAt: late })], late)
  expect(await acceptDeliveries(db, [delivery(shop, 'a', { triggeredAt: late })], afterMidnight)).toEqual(['duplicate'])
  const nonsense = { triggeredAt: new Date('1970-01-01T00:00:00Z') }
  await acceptDeliveries(db, [delivery(shop, 'n', nonsense)], now)
  expect(await acceptDeliveries(db, [delivery(shop, 'n', nonsense)], now)).toEqual(['duplicate'])
})

test('one id of two shops or two sources is two deliveries', async () => {
  const [mine, other] = [await buildShop(db), await buildShop(db)]
  const deliveries = [delivery(mine, 'a'), delivery(other, 'a'), delivery(mine, 'a', { source: 'sync' })]
  expect(await acceptDeliveries(db, deliveries, now)).toEqual(['accepted', 'accepted', 'accepted'])
})

test('shops are served the oldest first, and each gets no more than its share', async () => {
  const [busy, quiet] = [await buildShop(db), await buildShop(db)]
  await acceptDeliveries(db, [delivery(busy, '1'), delivery(busy, '2'), delivery(busy, '3'), delivery(quiet, '4')], now)
  expect((await take([busy, quiet], 2)).map((row) => row.deliveryId)).toEqual(['1', '2', '4'])
})

test('an arrival makes its lane due, and never puts off what was due before', async () => {
  const [idle, dueBefore] = [await buildShop(db), await buildShop(db)]
  const earlier = new Date(now.getTime() - 60_000)
  await setDue(db, dueBefore, earlier)
  await acceptDeliveries(db, [delivery(idle, 'a'), delivery(dueBefore, 'a')], now)
  expect(await dueAt(idle)).toEqual(now)
  expect(await dueAt(dueBefore)).toEqual(earlier)
})

test('a duplicate wakes nobody', async () => {
  const shop = await buildShop(db)
  await acceptDeliveries(db, [delivery(shop, 'a')], now)
  const later = new Date(now.getTime() + 3_600_000)
  await setDue(db, shop, later)
  await acceptDeliveries(db, [delivery(shop, 'a')], now)
  expect(await dueAt(shop)).toEqual(later)
})

test('the same deliveries from many sides at once are each accepted once, and nobody deadlocks', async () => {
  const shops = [await buildShop(db), await buildShop(db), await buildShop(db)]
  const all = shops.flatMap((shop) => Array.from({ length: 30 }, (_, n) => delivery(shop, `d${n}`)))
  const orders = [all, all.toReversed(), all.slice(40).concat(all.slice(0, 40)), all]
  const results = await Promise.all(orders.map((deliveries) => acceptDeliveries(db, deliveries, now)))
  expect(results.flat().filter((result) => result === 'accepted')).toHaveLength(all.length)
  expect(await take(shops)).toHaveLength(all.length)
})

test('what is archived leaves the inbox with its profile, and can still be read', async () => {
  const shop = await buildShop(db)
  await acceptDeliveries(db, [delivery(shop, 'a'), delivery(shop, 'b')], now)
  const [first] = await take([shop], 1)
  await withSystem(db, (tx) => archiveInbox(tx, [{ shopId: shop, id: first!.id, profileId: null }], now))
  const { rows } = await db.pool.query('select delivery_id, processed_at from inbox_archive where shop_id = $1', [shop])
  expect(rows).toEqual([{ delivery_id: 'a', processed_at: now }])
  expect((await take([shop])).map((row) => row.deliveryId)).toEqual(['b'])
})

test('what is set aside stops nobody, is shown with its reason, and comes back when it is retried', async () => {
  const shop = await buildShop(db)
  await acceptDeliveries(db, [delivery(shop, 'bad'), delivery(shop, 'good')], now)
  const [bad] = await take([shop], 1)
  await withSystem(db, (tx) => setAsideInbox(tx, [{ shopId: shop, id: bad!.id, error: 'not JSON' }], now))
  expect((await take([shop])).map((row) => row.deliveryId)).toEqual(['good'])
  const shown = await withSystem(db, (tx) => listSetAside(tx, shop, 10))
  expect(shown).toMatchObject([{ topic: 'orders/create', error: 'not JSON', setAsideAt: now }])
  await setDue(db, shop, new Date(now.getTime() + 3_600_000))
  expect(await withSystem(db, (tx) => retrySetAside(tx, shop, [bad!.id], now))).toBe(1)
  expect((await take([shop])).map((row) => row.deliveryId)).toEqual(['bad', 'good'])
  expect(await dueAt(shop)).toEqual(now)
})

async function setDue(database: Database, shop: ShopId, at: Date) {
  await database.pool.query(`update shop_lane set next_due_at = $2 where shop_id = $1 and lane = 'work'`, [shop, at])
}

async function dueAt(shop: ShopId) {
  const sql = `select next_due_at as at from shop_lane where shop_id = $1 and lane = 'work'`
  return (await db.pool.query<{ at: Date }>(sql, [shop])).rows[0]!.at
}

test('what happens now goes before an import, each in its order, and neither waits for ever', async () => {
  const shop = await buildShop(db)
  const imported = Array.from({ length: 10 }, (_, n) => delivery(shop, `import-${n}`, { source: 'sync' }))
  const news = Array.from({ length: 10 }, (_, n) =>
    delivery(shop, `news-${n}`, { source: n % 2 ? 'shopify' : 'sendgrid' }),
  )
  await acceptDeliveries(db, [...imported, ...news], now)
  const rounds: string[][] = []
  for (let left = 20; left > 0; ) {
    const rows = await take([shop], 8)
    rounds.push(rows.map((row) => row.deliveryId))
    const done = rows.map((row) => ({ ...row, profileId: null }))
    await withSystem(db, (tx) => archiveInbox(tx, done, now))
    left -= rows.length
  }
  const some = (kind: string, from: number, to: number) =>
    Array.from({ length: to - from }, (_, n) => `${kind}-${from + n}`)
  expect(rounds).toEqual([
    [...some('import', 0, 2), ...some('news', 0, 6)],
    [...some('import', 2, 6), ...some('news', 6, 10)],
    some('import', 6, 10),
  ])
})
