import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { recordConsent } from '#app/profiles/consent.server.ts'
import { identityHash } from '#app/profiles/email-hash.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import {
  cartSaid,
  checkoutSaid,
  consentSaid,
  customerSaid,
  deliver,
  fulfilmentSaid,
  minute,
  orderSaid,
  refundSaid,
  type Said,
  said,
} from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { absorb } from './absorb.server.ts'

const db = await createTestDatabase()
const directory = createShopDirectory(db)
const deps = { directory, pepper: 'pepper', applyMessageFacts: async () => [], log: silentLog }
const now = new Date('2026-06-02T00:00:00Z')

/** Lets a shop absorb one batch. */
const tell = (shop: ShopId, ...told: Said[]) =>
  withSystem(db, async (tx) => absorb(tx, await deliver(tx, shop, told), now, deps))

const read = <Row extends object>(sql: string, ...values: unknown[]) =>
  withSystem(db, (tx) => tx.rows<Row>(sql, values))

/** Resolves when a statement of this database waits for a lock. */
async function somebodyWaits(): Promise<void> {
  const { rows } = await db.pool.query(
    `select from pg_stat_activity where datname = current_database() and wait_event_type = 'Lock'`,
  )
  return rows.length > 0 ? undefined : somebodyWaits()
}

const eventTypes = (absorbed: Awaited<ReturnType<typeof tell>>) => absorbed.events.map(({ type }) => type)

test('an order makes its buyer known, says what happened, and adds up', async () => {
  const shop = await buildShop(db)
  const absorbed = await tell(
    shop,
    orderSaid('orders/create', { at: minute(5), email: 'Ann@x.example', isPaid: true, quantity: 2 }),
  )
  expect(eventTypes(absorbed)).toEqual(['order_placed', 'order_paid'])
  expect(absorbed.events.every((event) => event.live && event.profileId !== null)).toBe(true)
  const profiles = await read(
    `select email, order_count, total_spent_minor, last_order_at from profile where shop_id = $1`,
    shop,
  )
  expect(profiles).toEqual([
    { email: 'ann@x.example', order_count: 1, total_spent_minor: 2000, last_order_at: minute(5) },
  ])
  expect(await read(`select quantity, line_minor from order_line where shop_id = $1`, shop)).toEqual([
    { quantity: 2, line_minor: 2000 },
  ])
  expect(await read(`select 1 from inbox where shop_id = $1`, shop)).toEqual([])
  expect(await read(`select profile_id from inbox_archive where shop_id = $1`, shop)).toEqual([
    { profile_id: absorbed.events[0]?.profileId },
  ])
})

test('a lone new order costs at most seven statements', async () => {
  const shop = await buildShop(db)
  await withSystem(db, async (tx) => {
    const rows = await deliver(tx, shop, [
      orderSaid('orders/create', { at: minute(5), email: 'ann@x.example', customer: 1 }),
    ])
    const statements: string[] = []
    const counted: SystemTx = {
      system: true,
      rows: (sql, values) => {
        statements.push(sql)
        return tx.rows(sql, values)
      },
    }
    await absorb(counted, rows, now, deps)
    expect(statements.length).toBeLessThanOrEqual(7)
  })
})

test('a payload that cannot be understood is set aside and the others go on', async () => {
  const shop = await buildShop(db)
  const absorbed = await tell(shop, said('orders/create', { id: 'x' }, minute(1)), cartSaid({ at: minute(2) }))
  expect(absorbed).toMatchObject({ processed: 1, setAside: 1 })
  expect(await read(`select error from inbox where shop_id = $1`, shop)).toHaveLength(1)
})

test('absurd quantities, amounts and times hold up nobody else', async () => {
  const shop = await buildShop(db)
  const huge = { ...{ product_id: 1, variant_id: 1, title: 'Mug' }, quantity: 2_000_000_000, price: '1.00' }
  const cart = (token: string, line: object, time: string) =>
    said('carts/update', { token, line_items: [line, line], created_at: time, updated_at: time }, minute(1))
  const absorbed = await tell(
    shop,
    cart('many', huge, '2026-06-01T00:00:00Z'),
    cart('dear', { ...huge, price: '90000000000000.00' }, '2026-06-01T00:00:00Z'),
    cart('old', huge, '0000-01-01T00:00:00Z'),
    refundSaid({ at: minute(2), quantity: 2_000_000_000 }),
    refundSaid({ id: 2, at: minute(2), quantity: 2_000_000_000 }),
    orderSaid('orders/create', { at: minute(1), email: 'ann@x.example' }),
  )
  expect(absorbed).toMatchObject({ processed: 4, setAside: 2 })
  expect(await read(`select token, item_count from cart where shop_id = $1`, shop)).toEqual([
    { token: 'many', item_count: 2_147_483_647 },
  ])
})

test('a cart stays nobody’s until a checkout says whose it is; then its past is theirs too', async () => {
  const shop = await buildShop(db)
  await tell(shop, cartSaid({ at: minute(1) }))
  expect(await read(`select profile_id from cart where shop_id = $1`, shop)).toEqual([{ profile_id: null }])
  expect(await read(`select id from profile where shop_id = $1`, shop)).toEqual([])
  const { events } = await tell(shop, checkoutSaid('checkouts/create', { at: minute(2), email: 'ann@x.example' }))
  const owner = events[0]!.profileId
  expect(await read(`select profile_id from cart where shop_id = $1`, shop)).toEqual([{ profile_id: owner }])
  expect(await read(`select distinct profile_id from event where shop_id = $1`, shop)).toEqual([{ profile_id: owner }])
  const later = await tell(shop, cartSaid({ at: minute(3) }))
  expect(later.events[0]!.profileId).toBe(owner)
})

test('a guest order without a name, an address or a number makes nobody known', async () => {
  const shop = await buildShop(db)
  const { events } = await tell(shop, orderSaid('orders/create', { at: minute(1) }))
  expect(events.map(({ profileId }) => profileId)).toEqual([null])
  expect(await read(`select id from profile where shop_id = $1`, shop)).toEqual([])
})

test('a refund and a delivery that come before their order wait for it', async () => {
  const shop = await buildShop(db)
  const early = await tell(
    shop,
    refundSaid({ at: minute(30), amount: '4.00' }),
    fulfilmentSaid({ at: minute(20), isDelivered: true }),
  )
  expect(early.events).toEqual([])
  const absorbed = await tell(shop, orderSaid('orders/create', { at: minute(5), email: 'ann@x.example' }))
  expect(eventTypes(absorbed)).toEqual(['order_placed', 'order_refunded', 'order_delivered'])
  expect(await read(`select refunded_minor, delivered_at from shop_order where shop_id = $1`, shop)).toEqual([
    { refunded_minor: 400, delivered_at: minute(20) },
  ])
  expect(await read(`select refunded_quantity from order_line where shop_id = $1`, shop)).toEqual([
    { refunded_quantity: 1 },
  ])
  expect(await read(`select total_spent_minor from profile where shop_id = $1`, shop)).toEqual([
    { total_spent_minor: 600 },
  ])
})

test('a checkout that arrives after its order is complete and starts nothing', async () => {
  const shop = await buildShop(db)
  await tell(shop, orderSaid('orders/create', { at: minute(5), email: 'ann@x.example' }))
  const { events } = await tell(shop, checkoutSaid('checkouts/create', { at: minute(2), email: 'ann@x.example' }))
  expect(events.map(({ type, live }) => ({ type, live }))).toEqual([{ type: 'checkout_started', live: false }])
  expect(await read(`select completed_at from checkout where shop_id = $1`, shop)).toEqual([
    { completed_at: minute(5) },
  ])
})

test('an order of long ago that turns up by an update is history', async () => {
  const shop = await buildShop(db)
  const { events } = await tell(
    shop,
    orderSaid('orders/updated', { at: minute(5), placedAt: new Date('2026-01-01T00:00:00Z'), email: 'ann@x.example' }),
  )
  expect(events.map(({ type, live }) => ({ type, live }))).toEqual([{ type: 'order_placed', live: false }])
})

test('who subscribes becomes a subscriber once; an older statement is kept but changes nothing', async () => {
  const shop = await buildShop(db)
  const first = await tell(shop, consentSaid({ state: 'subscribed', at: minute(10), email: 'ann@x.example' }))
  expect(eventTypes(first)).toEqual(['subscribed'])
  const again = await tell(
    shop,
    consentSaid({ state: 'subscribed', at: minute(10) }),
    consentSaid({ state: 'unsubscribed', at: minute(5) }),
    consentSaid({ state: 'not_subscribed', at: null }),
  )
  expect(again.events).toEqual([])
  expect(await read(`select consent, consent_at from profile where shop_id = $1`, shop)).toEqual([
    { consent: 'subscribed', consent_at: minute(10) },
  ])
  expect(await read(`select state from consent_entry where shop_id = $1 order by occurred_at`, shop)).toEqual([
    { state: 'unsubscribed' },
    { state: 'subscribed' },
  ])
  const over = await tell(shop, said('customers/delete', { id: 1 }, minute(20)))
  expect(eventTypes(over)).toEqual(['unsubscribed'])
})

test('a late delivery about somebody erased leaves the order without a person, and its body is not kept', async () => {
  const shop = await buildShop(db)
  await withSystem(db, (tx) =>
    tx.rows('insert into tombstone (shop_id, identity_hash, erased_at) values ($1, $2, $3)', [
      shop,
      identityHash({ kind: 'email', value: 'ann@x.example' }, deps.pepper),
      minute(60),
    ]),
  )
  const late = orderSaid('orders/updated', { at: minute(70), placedAt: minute(5), email: 'ann@x.example' })
  const { events } = await tell(shop, late, cartSaid({ at: minute(71) }))
  expect(events.map(({ profileId }) => profileId)).toEqual([null, null])
  expect(await read(`select profile_id from shop_order where shop_id = $1`, shop)).toEqual([{ profile_id: null }])
  expect(await read(`select topic from inbox_archive where shop_id = $1`, shop)).toEqual([{ topic: 'carts/update' }])
  expect(await read(`select topic from inbox where shop_id = $1`, shop)).toEqual([])
})

test('who unsubscribes on a page while a batch is worked through stays unsubscribed', async () => {
  const shopId = await buildShop(db)
  const { events } = await tell(shopId, consentSaid({ state: 'subscribed', at: minute(1) }))
  const profileId = events[0]!.profileId!
  const fact = { state: 'unsubscribed' as const, level: null, at: minute(9), source: 'page' }
  const batch = await withSystem(db, async (tx) => {
    await recordConsent(tx, [{ shopId, profileId, fact }], now)
    const absorbing = tell(shopId, customerSaid('customers/update', { at: minute(10), firstName: 'Ann' }))
    await somebodyWaits()
    return { absorbing }
  })
  await batch.absorbing
  expect(await read(`select first_name, consent from profile where shop_id = $1`, shopId)).toEqual([
    { first_name: 'Ann', consent: 'unsubscribed' },
  ])
})

test('two shops with the same numbers and tokens never touch', async () => {
  const mine = await buildShop(db)
  const other = await buildShop(db)
  const story = [
    cartSaid({ at: minute(1) }),
    checkoutSaid('checkouts/create', { at: minute(2), email: 'ann@x.example' }),
    customerSaid('customers/create', { at: minute(3), email: 'ann@x.example' }),
    orderSaid('orders/create', { at: minute(4), email: 'ann@x.example', customer: 1 }),
  ]
  await withSystem(db, async (tx) => {
    const both = [...(await deliver(tx, mine, story)), ...(await deliver(tx, other, story.slice(0, 1)))]
    await absorb(tx, both, now, deps)
  })
  expect(await read(`select id from profile where shop_id = $1`, mine)).toHaveLength(1)
  expect(await read(`select id from profile where shop_id = $1`, other)).toEqual([])
  expect(await read(`select profile_id from cart where shop_id = $1`, other)).toEqual([{ profile_id: null }])
})

test('what the platform says of the shop is handed to the caller', async () => {
  const shop = await buildShop(db, { domain: 'leaving.myshopify.com' })
  const payload = { myshopify_domain: 'Leaving.myshopify.com' }
  const { shopFacts } = await tell(shop, said('app/uninstalled', payload, minute(1)))
  expect(shopFacts).toEqual([{ shopId: shop, fact: { kind: 'uninstalled', at: minute(1) } }])
})

test.each(['app/uninstalled', 'shop/update', 'shop/redact', 'customers/redact', 'customers/data_request'])(
  'a signed %s that is about another shop, or about none, is set aside',
  async (topic) => {
    const shop = await buildShop(db)
    const person = { customer: { email: 'ann@example.com' }, data_request: { id: 1 } }
    for (const named of [{ shop_domain: 'x.myshopify.com', myshopify_domain: 'x.myshopify.com' }, {}]) {
      const { shopFacts, setAside } = await tell(shop, said(topic, { ...person, ...named }, minute(1)))
      expect({ shopFacts, setAside }).toEqual({ shopFacts: [], setAside: 1 })
    }
  },
)
