import fc from 'fast-check'
import { expect, test } from 'vitest'
import { eventKey } from '#app/events/event-key.ts'
import type { ShopEvent } from '#app/events/vocabulary.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
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
  type PersonOptions,
  refundSaid,
  type Said,
  tagsSaid,
} from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { absorb } from './absorb.server.ts'

const db = await createTestDatabase()
const deps = {
  directory: createShopDirectory(db),
  pepper: 'pepper',
  applyMessageFacts: async () => [],
  log: silentLog,
}
const now = new Date('2026-06-02T00:00:00Z')

/** One person, named more or less fully. */
const named = fc.constantFrom<PersonOptions>(
  { email: 'ann@x.example' },
  { email: 'ANN@x.example', customer: 1 },
  { customer: 1 },
  { email: 'ann@x.example', phone: '+44 1', customer: 1 },
)
const atMinute = fc.integer({ min: 1, max: 600 }).map(minute)
const quantity = fc.integer({ min: 1, max: 5 })

const cart = fc.record({ at: atMinute, quantity: fc.integer({ min: 0, max: 5 }) }).map(cartSaid)
const checkout = fc
  .tuple(fc.boolean(), fc.record({ at: atMinute, quantity }), named)
  .map(([isUpdate, options, person]) =>
    checkoutSaid(isUpdate ? 'checkouts/update' : 'checkouts/create', { ...options, ...person, createdAt: minute(0) }),
  )
const order = fc
  .tuple(
    fc.constantFrom('orders/create', 'orders/updated', 'orders/paid', 'orders/fulfilled', 'orders/cancelled'),
    fc.record({ at: atMinute, quantity, isPaid: fc.boolean(), isFulfilled: fc.boolean() }),
    named,
  )
  .map(([topic, options, person]) => {
    const cancelled = topic === 'orders/cancelled' ? { cancelledAt: minute(700) } : {}
    return orderSaid(topic as `orders/${string}`, { ...options, ...person, ...cancelled, placedAt: minute(0) })
  })
const refund = fc.integer({ min: 1, max: 3 }).map((id) => refundSaid({ id, at: minute(600 + id), amount: `${id}.50` }))
const fulfilment = fc
  .record({ id: fc.integer({ min: 1, max: 2 }), at: atMinute, isDelivered: fc.boolean() })
  .map(fulfilmentSaid)
const customer = fc
  .tuple(fc.boolean(), fc.record({ at: atMinute, firstName: fc.constantFrom('Ann', 'Anna') }))
  .map(([isUpdate, options]) =>
    customerSaid(isUpdate ? 'customers/update' : 'customers/create', {
      ...options,
      email: 'ann@x.example',
      createdAt: minute(0),
    }),
  )
const tags = fc
  .tuple(fc.constantFrom('added' as const, 'removed' as const), fc.constantFrom(['vip'], ['vip', 'trade']), atMinute)
  .map(([change, names, at]) => tagsSaid(change, [...names], at))
const consent = fc
  .record({
    state: fc.constantFrom('subscribed' as const, 'unsubscribed' as const, 'not_subscribed' as const),
    at: fc.option(atMinute),
  })
  .map(consentSaid)

/** A story, and the same story as it may reach us: late, repeated, shuffled, in batches of any size. */
const stories = fc
  .uniqueArray(fc.oneof(cart, checkout, order, refund, fulfilment, customer, tags, consent), {
    minLength: 2,
    maxLength: 8,
    selector: ({ at }) => at.getTime(),
  })
  .chain((story) =>
    fc.record({
      story: fc.constant(story.toSorted((a, b) => a.at.getTime() - b.at.getTime())),
      arrivals: fc
        .shuffledSubarray([...story, ...story, ...story], { minLength: story.length })
        .map((arrivals) => [...arrivals, ...story.filter((told) => !arrivals.includes(told))]),
      batchSize: fc.integer({ min: 1, max: 6 }),
    }),
  )

test('late, repeated and shuffled deliveries end in the same state and tell the same events as orderly ones', async () => {
  await fc.assert(
    fc.asyncProperty(stories, async ({ story, arrivals, batchSize }) => {
      const orderly = await buildShop(db)
      const unruly = await buildShop(db)
      await tell(orderly, story, 1)
      await tell(unruly, arrivals, batchSize)
      expect(await stateOf(unruly)).toEqual(await stateOf(orderly))
      expect(await eventsOf(unruly)).toEqual(await eventsOf(orderly))
    }),
    { numRuns: 150 },
  )
}, 120_000)

async function tell(shop: ShopId, told: readonly Said[], batchSize: number) {
  for (let from = 0; from < told.length; from += batchSize)
    await withSystem(db, async (tx) =>
      absorb(tx, await deliver(tx, shop, told.slice(from, from + batchSize)), now, deps),
    )
}

const person = `(select coalesce(p.shopify_customer_id, p.email, '?') from profile p
  where p.shop_id = t.shop_id and p.id = t.profile_id)`

/** Everything that is known of the shop, without the numbers that only say in which order rows were made. */
async function stateOf(shop: ShopId) {
  const read = (sql: string) => withSystem(db, (tx) => tx.rows(sql, [shop]))
  return {
    profiles: await read(
      `select to_jsonb(t) - '{shop_id,id,merged_into}'::text[] as profile from profile t
       where shop_id = $1 and merged_into is null order by 1`,
    ),
    identities: await read(
      `select kind, value, stated_at, ${person} as person from profile_identity t where shop_id = $1 order by 1, 2`,
    ),
    consent: await read(
      `select distinct state, level, source, occurred_at, ${person} as person from consent_entry t
       where shop_id = $1 and occurred_at <> $2 order by 1, 4`.replace('$2', `'${minute(0).toISOString()}'`),
    ),
    carts: await read(
      `select to_jsonb(t) - '{shop_id,profile_id}'::text[] as c, ${person} as person from cart t where shop_id = $1`,
    ),
    checkouts: await read(
      `select to_jsonb(t) - '{shop_id,profile_id}'::text[] as c, ${person} as person from checkout t where shop_id = $1`,
    ),
    orders: await read(
      `select to_jsonb(t) - '{shop_id,profile_id}'::text[] as o, ${person} as person from shop_order t where shop_id = $1`,
    ),
    lines: await read(`select to_jsonb(t) - 'shop_id' as line from order_line t where shop_id = $1`),
    refunds: await read(
      `select to_jsonb(t) - 'shop_id' as refund from refund t where shop_id = $1 order by shopify_id`,
    ),
    fulfilments: await read(
      `select to_jsonb(t) - 'shop_id' as fulfilment from fulfilment t where shop_id = $1 order by shopify_id`,
    ),
  }
}

/**
 * The events that happened, whose they are, and how often those were told that may only be told once. When somebody
 * became a subscriber depends on what was known by then, so the consent ledger stands in for those two.
 */
async function eventsOf(shop: ShopId) {
  const rows = await withSystem(db, (tx) =>
    tx.rows<{ event: ShopEvent & { subject: ShopEvent['subjects'][number] }; at: string; person: string }>(
      `select to_jsonb(t) as event, t.occurred_at::text as at, ${person} as person from event t
       where shop_id = $1 and type not in ('subscribed', 'unsubscribed')`,
      [shop],
    ),
  )
  const keyed = rows.map(({ event, at, person }) => {
    const key = eventKey({ ...event, subjects: [event.subject] })
    return { text: `${key ?? `${event.type} ${event.subject} ${at}`} ${person}`, isKeyed: key !== null }
  })
  const once = keyed.filter(({ isKeyed }) => isKeyed).map(({ text }) => text)
  return { once: once.sort(), ever: [...new Set(keyed.map(({ text }) => text))].sort() }
}
