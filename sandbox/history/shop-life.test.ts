// Proves that a retold history is in order, hangs together, repeats, and adds up.
import { beforeAll, expect, test } from 'vitest'
import { createStore } from '#sandbox/store/create-store.ts'
import type { Shop } from '#sandbox/store/model.ts'
import type { History, HistoryEntry } from './history.ts'
import { readHistory } from './read-history.ts'
import { type Happening, type ShopLifeOptions, shopLife } from './shop-life.ts'

const HOUR_MS = 3_600_000
const DAY_MS = 24 * HOUR_MS

const shop: Shop = {
  id: '548380009',
  domain: 'tern-demo.myshopify.com',
  name: 'Tern Demo',
  email: 'owner@example.com',
  currency: 'GBP',
  timezone: 'Europe/London',
  countryCode: 'GB',
  locale: 'en',
  address: { address1: '1 Main Street', city: 'London', zip: 'E1 1AA', country: 'United Kingdom' },
}

let history: History

beforeAll(async () => {
  const path = (name: string) => new URL(`../data/${name}.csv.gz`, import.meta.url).pathname
  const whole = await readHistory({ ordersPath: path('orders'), productsPath: path('products') })
  history = { ...whole, entries: whole.entries.filter((entry) => entry.at < new Date('2010-12-05')) }
})

function live(changes: Partial<ShopLifeOptions> & { entries?: HistoryEntry[] } = {}) {
  const store = createStore(shop)
  const { entries = history.entries, ...options } = changes
  const { productTitles } = history
  const life = shopLife(entries, store, { seed: 'tern', abandonShare: 0.5, consent: 'all', productTitles, ...options })
  return { store, happenings: [...life] }
}

/** What the tests look at, each in the topics that have it. */
interface Body {
  id: number
  created_at: string
  cart_token: string
  total_price: string
  transactions: { amount: string }[]
  fulfillment_id: number
  happened_at: string
}

/** Bodies of a topic; the ids of the sandbox are small enough for JSON.parse. */
function bodies(happenings: Happening[], topic: string): Body[] {
  return happenings.filter((happening) => happening.topic === topic).map(({ body }) => JSON.parse(body))
}

function order(changes: Partial<Extract<HistoryEntry, { kind: 'order' }>> = {}): HistoryEntry {
  const lines = [{ stockCode: 'A', quantity: 2, unitPriceMinor: 100, lineMinor: 200 }]
  const at = new Date('2011-01-20T10:00:00Z')
  return { kind: 'order', invoice: '1', at, customer: '77', country: 'France', lines, ...changes }
}

test('everything happens in order of time', () => {
  const times = live().happenings.map(({ at }) => at.getTime())
  expect(times).toEqual(times.toSorted((left, right) => left - right))
})

test('one order is told as product, customer, consent, cart, checkout, order, payment, parcel and fulfilment', () => {
  const { happenings } = live({ entries: [order()], abandonShare: 0 })
  expect(happenings.map(({ topic }) => topic).slice(0, 9)).toEqual([
    'products/create',
    'customers/create',
    'customers_email_marketing_consent/update',
    'carts/create',
    'checkouts/create',
    'orders/create',
    'orders/paid',
    'fulfillments/create',
    'orders/fulfilled',
  ])
  expect(happenings[5]?.at).toEqual(new Date('2011-01-20T10:00:00Z'))
})

test('every order carries the tokens of a cart and, when its customer is known, of a checkout told before it', () => {
  const { happenings } = live()
  const carts = new Set<string>()
  const checkouts = new Map<string, string>()
  let checked = 0
  for (const { topic, body } of happenings) {
    const payload = JSON.parse(body)
    if (topic === 'carts/create') carts.add(payload.token)
    if (topic === 'checkouts/create') checkouts.set(payload.token, `${payload.cart_token} ${payload.email}`)
    if (topic !== 'orders/create') continue
    expect(carts).toContain(payload.cart_token)
    if (payload.email !== null)
      expect(checkouts.get(payload.checkout_token)).toBe(`${payload.cart_token} ${payload.email}`)
    checked += 1
  }
  expect(checked).toBe(history.entries.filter((entry) => entry.kind === 'order').length)
})

test('orders and refunds add up to the history', () => {
  const { happenings } = live()
  const lines = (kind: string) => history.entries.flatMap((entry) => (entry.kind === kind ? [entry] : []))
  const sold = lines('order').flatMap((entry) => ('country' in entry ? entry.lines.map((line) => line.lineMinor) : []))
  const given = lines('refund').flatMap((entry) =>
    'isWhole' in entry ? entry.lines.map((line) => line.amountMinor) : [],
  )
  const total = (amounts: number[]) => amounts.reduce((sum, amount) => sum + amount, 0)
  const pennies = (amount: string) => Math.round(Number(amount) * 100)
  expect(total(bodies(happenings, 'orders/create').map((body) => pennies(body.total_price)))).toBe(total(sold))
  const refunds = bodies(happenings, 'refunds/create').flatMap((body) => body.transactions)
  expect(total(refunds.map(({ amount }) => pennies(amount)))).toBe(total(given))
})

test('the same seed tells the same life, another seed another', () => {
  const told = live().happenings
  expect(live().happenings).toEqual(told)
  expect(live({ seed: 'arctic' }).happenings).not.toEqual(told)
})

test('more abandonment adds checkouts and changes no order', () => {
  const few = live({ abandonShare: 0.1 })
  const many = live({ abandonShare: 1 })
  const orders = (life: typeof few) =>
    bodies(life.happenings, 'orders/create').map((body) => [body.id, body.cart_token])
  const left = (life: typeof few) =>
    [...life.store.checkouts.values()].filter((checkout) => checkout.completedAt === null)
  expect(orders(many)).toEqual(orders(few))
  const known = [...many.store.orders.values()].filter((placed) => placed.customer !== null)
  expect(left(many)).toHaveLength(known.length)
  const leftByFew = left(few).length / known.length
  expect(leftByFew).toBeGreaterThan(0.05)
  expect(leftByFew).toBeLessThan(0.15)
})

test('an abandoned checkout is left two hours to ten days before its order, with tokens and some lines of its own', () => {
  for (let invoice = 0; invoice < 200; invoice++) {
    const { happenings, store } = live({ entries: [order({ invoice: String(invoice) })], abandonShare: 1 })
    const [left, bought] = [...store.checkouts.values()]
    const earlierMs = new Date('2011-01-20T10:00:00Z').getTime() - left!.createdAt.getTime()
    expect(earlierMs).toBeGreaterThanOrEqual(2 * HOUR_MS)
    expect(earlierMs).toBeLessThanOrEqual(10 * DAY_MS)
    expect(left!.token).not.toBe(bought!.token)
    expect(left!.cartToken).not.toBe(bought!.cartToken)
    expect(store.carts.has(left!.cartToken)).toBe(true)
    expect(happenings[1]?.topic).toBe('customers/create')
  }
})

test('consent is given by all, by none, or by a share', () => {
  const topic = 'customers_email_marketing_consent/update'
  const people = bodies(live().happenings, 'customers/create').length
  expect(bodies(live({ consent: 'all' }).happenings, topic)).toHaveLength(people)
  expect(bodies(live({ consent: 'none' }).happenings, topic)).toHaveLength(0)
  const share = bodies(live({ consent: 0.4 }).happenings, topic).length / people
  expect(share).toBeGreaterThan(0.3)
  expect(share).toBeLessThan(0.5)
})

test('a guest fills a cart and orders, and leaves no checkout and no customer', () => {
  const { happenings, store } = live({ entries: [order({ customer: null })], abandonShare: 1 })
  const topics = happenings.map(({ topic }) => topic)
  expect(topics.slice(0, 4)).toEqual(['products/create', 'carts/create', 'orders/create', 'orders/paid'])
  expect(store.customers.size).toBe(0)
})

test('an order refunded whole is cancelled, and not shipped when that was within a day', () => {
  const lines = [{ lineIndex: 0, stockCode: 'A', quantity: 2, amountMinor: 200 }]
  const at = new Date('2011-01-20T10:00:00Z')
  const refund: HistoryEntry = {
    kind: 'refund',
    invoice: 'C2',
    at,
    customer: '77',
    orderInvoice: '1',
    lines,
    isWhole: true,
  }
  const { happenings, store } = live({ entries: [order(), refund], abandonShare: 0 })
  const topics = happenings.map(({ topic }) => topic).slice(-4)
  expect(topics).toEqual(['orders/create', 'orders/paid', 'refunds/create', 'orders/cancelled'])
  expect(bodies(happenings, 'orders/cancelled')[0]).toMatchObject({
    financial_status: 'refunded',
    cancel_reason: 'customer',
  })
  expect([...store.orders.values()][0]?.cancelledAt).toEqual(new Date('2011-01-20T10:00:02Z'))
})

test('about four parcels in five are known to have arrived, two to four days after shipping', () => {
  const { happenings } = live()
  const shipped = new Map(bodies(happenings, 'fulfillments/create').map((body) => [body.id, body.created_at]))
  const arrived = bodies(happenings, 'fulfillment_events/create')
  expect(arrived.length / shipped.size).toBeGreaterThan(0.75)
  expect(arrived.length / shipped.size).toBeLessThan(0.85)
  for (const event of arrived) {
    const days = (Date.parse(event.happened_at) - Date.parse(shipped.get(event.fulfillment_id)!)) / DAY_MS
    expect(days).toBeGreaterThanOrEqual(2)
    expect(days).toBeLessThanOrEqual(4)
  }
})

test('the store is in step with the story at every moment', () => {
  const store = createStore(shop)
  const { entries, productTitles } = history
  let orders = 0
  for (const { topic } of shopLife(entries, store, {
    seed: 'tern',
    abandonShare: 0.5,
    consent: 'all',
    productTitles,
  })) {
    if (topic === 'orders/create') orders += 1
    if (store.orders.size !== orders) throw new Error(`${store.orders.size} orders in the store, ${orders} told`)
  }
})
