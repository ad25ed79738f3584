// A few hundred people with pasts drawn at random, in two shops that use the same ids: whatever a question about one
// shop sees of the other is a leak. All times lie on a coarse grid, so that the edges of windows are met often.
import fc from 'fast-check'
import { profileId, type ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'
import type { Question } from '#app/segments/verdict.ts'
import { insertRows, type Row } from './rows.ts'
import { buildShop } from './shop.ts'

export const people = 60
const start = Date.UTC(2026, 0, 1)
/** A quarter of a day. */
export const gridMs = 6 * 3_600_000
export const someTime = fc.integer({ min: 0, max: 160 }).map((step) => new Date(start + step * gridMs))
const maybeTime = fc.option(someTime, { freq: 2 })

const somebody = fc.integer({ min: 1, max: people })
const tokens = [...'abcdefghijklmnopqrstuvwxyz']
const token = fc.constantFrom(...tokens)
const cart = token.map((name) => `cart:${name}` as const)
const subject = fc.oneof(
  fc.constant('profile' as const),
  cart,
  token.map((name) => `checkout:${name}` as const),
)

export const populationTypes = ['order_placed', 'message_clicked', 'cart_updated'] as const
export const populationSources = ['web', 'pos'] as const

const eventColumns = fc.record({
  profile_id: somebody,
  type: fc.constantFrom(...populationTypes),
  subject,
  occurred_at: someTime,
  received_at: someTime,
  props: fc.record({ subjects: fc.array(cart, { maxLength: 2 }), source: fc.constantFrom(...populationSources) }),
})
const orderColumns = fc.record({
  profile_id: somebody,
  placed_at: someTime,
  cancelled_at: fc.oneof({ weight: 1, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: someTime }),
  deleted_at: fc.oneof({ weight: 3, arbitrary: fc.constant(null) }, { weight: 1, arbitrary: someTime }),
  checkout_token: fc.option(token),
  currency: fc.constantFrom('GBP', 'GBP', 'JPY'),
  total_minor: fc.constantFrom(1000, 3000, 5000),
})
const plainOrder = { refunded_minor: 0, is_test: false, source_updated_at: new Date(start) }
const plainBasket = { items: [], currency: 'GBP', source_updated_at: new Date(start) }
const plainEnrolment = { version: 1, step: 'wait', occurrence: 1, wake_at: new Date(start), revision: 0, attempts: 0 }
const consentState = fc.constantFrom('subscribed', 'unsubscribed', 'pending')

type Named = (place: number) => Row
const tokenOf: Named = (place) => ({ token: tokens[place], ...plainBasket })

/** Everything else, in an order that respects foreign keys: how many, what is drawn, and what the place decides. */
const tables: { table: string; count: number; drawn: fc.Arbitrary<Row>; named: Named }[] = [
  {
    table: 'profile',
    count: people,
    drawn: fc.record({ consent: consentState, consent_at: maybeTime, country_code: fc.constantFrom('GB', 'FR', null) }),
    named: (place) => ({ id: place + 1, created_at: new Date(start), tags: [], attributes: {}, ...noOrders }),
  },
  {
    table: 'consent_entry',
    count: 200,
    drawn: fc.record({ profile_id: somebody, state: consentState, occurred_at: someTime, recorded_at: someTime }),
    named: () => ({ channel: 'email', source: 'shopify' }),
  },
  {
    table: 'flow',
    count: 2,
    drawn: fc.constant({}),
    named: (place) => ({ id: place + 1, key: ['welcome', 'win-back'][place], name: '', state: 'live', ...plainFlow }),
  },
  {
    table: 'flow_version',
    count: 2,
    drawn: fc.constant({}),
    named: (place) => ({ flow_id: place + 1, version: 1, definition: {}, published_at: new Date(start) }),
  },
  {
    table: 'enrolment',
    count: 200,
    drawn: fc.record({
      flow_id: fc.integer({ min: 1, max: 2 }),
      profile_id: somebody,
      entered_at: someTime,
      ended_at: maybeTime,
    }),
    named: (place) => ({ subject: `order:${place}`, state: 'ended', context: {}, ...plainEnrolment }),
  },
  {
    table: 'product',
    count: 3,
    drawn: fc.record({ product_type: fc.constantFrom('Mug', 'Plate'), tags: fc.subarray(['gift', 'Blue']) }),
    named: (place) => ({ shopify_id: `product-${place}`, title: '', collection_ids: [], ...plainProduct }),
  },
  {
    table: 'order_line',
    count: 300,
    drawn: fc.record({ product_id: fc.constantFrom('product-0', 'product-1', 'product-2', null) }),
    named: (place) => ({ order_id: `order-${place}`, line_id: '1', title: '', ...plainLine }),
  },
  {
    table: 'refund',
    count: 200,
    drawn: fc.record({ amount_minor: fc.constantFrom(500, 2000, 5000), refunded_at: someTime }),
    named: (place) => ({ shopify_id: `refund-${place}`, order_id: `order-${place}`, lines: [] }),
  },
  {
    table: 'cart',
    count: tokens.length,
    drawn: fc.record({ item_count: fc.nat(3), created_at: someTime }),
    named: (place) => ({ ...tokenOf(place), total_minor: 0 }),
  },
  {
    table: 'checkout',
    count: tokens.length,
    drawn: fc.record({
      cart_token: token,
      profile_id: somebody,
      item_count: fc.nat(3),
      total_minor: fc.nat(5000),
      created_at: someTime,
      completed_at: maybeTime,
      deleted_at: maybeTime,
    }),
    named: tokenOf,
  },
]
const noOrders = { order_count: 0, total_spent_minor: 0 }
const plainFlow = { priority: 1, draft: {}, created_at: new Date(start), updated_at: new Date(start) }
const plainProduct = { status: 'active', source_updated_at: new Date(start) }
const plainLine = { quantity: 1, price_minor: 1, line_minor: 1, refunded_quantity: 0 }

type Drawn<Columns> = Columns extends fc.Arbitrary<infer Values> ? Values & { shop_id: ShopId } : never
type PopulationEvent = Drawn<typeof eventColumns>
type PopulationOrder = Drawn<typeof orderColumns>

export interface Population {
  events: PopulationEvent[]
  orders: PopulationOrder[]
  /** Some questions, about people of both shops. */
  questions: fc.Arbitrary<Question[]>
}

/** Builds the people. The same `seed` gives them the same pasts. */
export async function buildPopulation(db: Database, seed: number): Promise<Population> {
  const shops = [await buildShop(db), await buildShop(db)]
  const allEvents: PopulationEvent[] = []
  const allOrders: PopulationOrder[] = []
  for (const [index, shop_id] of shops.entries()) {
    const draw = <Value>(values: fc.Arbitrary<Value>, count: number) =>
      fc.sample(values, { seed: seed + index, numRuns: count }).map((value) => ({ shop_id, ...value }))
    const events = draw(eventColumns, 900)
    const orders = draw(orderColumns, 300)
    allEvents.push(...events)
    allOrders.push(...orders)
    for (const { table, count, drawn, named } of tables) {
      if (table === 'order_line')
        await insertRows(
          db,
          'shop_order',
          orders.map((order, place) => ({ shopify_id: `order-${place}`, ...plainOrder, ...order })),
        )
      await insertRows(
        db,
        table,
        draw(drawn, count).map((row, place) => ({ ...named(place), ...row })),
      )
    }
    await insertRows(db, 'event', events)
  }
  const question = fc.record({
    shopId: fc.constantFrom(...shops),
    profileId: somebody.map(profileId),
    asOf: someTime,
    enteredAt: someTime,
    subject,
  })
  return { events: allEvents, orders: allOrders, questions: fc.array(question, { minLength: 40, maxLength: 40 }) }
}
