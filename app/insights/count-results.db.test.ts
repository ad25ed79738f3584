import { randomUUID } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { insertRows, type Row } from '#tests/builders/rows.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { type Counting, countMails, countOrders } from './count-results.server.ts'
import { reportResults } from './results.ts'

const db = await createTestDatabase()
const now = new Date('2026-11-22T12:00:00Z')
const hourMs = 3_600_000
const at = (hoursAgo: number) => new Date(now.getTime() - hoursAgo * hourMs)
const counting: Counting = { now, days: 60, currency: 'GBP', attributionDays: 5 }

test('an order counts for the last mail that was clicked in the five days before it', async () => {
  const { shopId, mail } = await shopWithMail()
  const early = await mail({ deliveredHoursAgo: 90, flow: 1, clicksHoursAgo: [80] })
  const late = await mail({ deliveredHoursAgo: 50, flow: 2, clicksHoursAgo: [40, 20] })
  await order(shopId, { hoursAgo: 30, totalMinor: 2500 })
  await order(shopId, { hoursAgo: 80 - 5 * 24 - 1, totalMinor: 9900 })
  expect([early, late]).toHaveLength(2)
  expect(await countedOrders(shopId)).toEqual([{ daysAgo: 1, flowId: 2, orders: 1, revenueMinor: 2500 }])
})

test('what was cancelled, deleted or a test earns nothing, and refunds are taken off', async () => {
  const { shopId, mail } = await shopWithMail()
  await mail({ deliveredHoursAgo: 50, flow: 1, clicksHoursAgo: [40] })
  await order(shopId, { hoursAgo: 10, totalMinor: 5000, refundedMinor: 2000 })
  await order(shopId, { hoursAgo: 10, totalMinor: 100, cancelled: true })
  await order(shopId, { hoursAgo: 10, totalMinor: 100, deleted: true })
  await order(shopId, { hoursAgo: 10, totalMinor: 100, isTest: true })
  await order(shopId, { hoursAgo: 10, totalMinor: 700, currency: 'EUR' })
  expect(await countedOrders(shopId)).toEqual([{ daysAgo: 0, flowId: 1, orders: 2, revenueMinor: 3000 }])
})

test('a scanner’s click, within seconds of the delivery, is nobody’s', async () => {
  const { shopId, mail } = await shopWithMail()
  await mail({ deliveredHoursAgo: 50, flow: 1, clicksHoursAgo: [50 - 2 / 3600] })
  await order(shopId, { hoursAgo: 10, totalMinor: 5000 })
  expect(await countedOrders(shopId)).toEqual([])
  const { now: results } = await report(shopId)
  expect(results).toMatchObject({ delivered: 1, clicked: 0 })
})

test('a click of somebody else, or after the order, earns nothing', async () => {
  const { shopId, mail } = await shopWithMail()
  await mail({ deliveredHoursAgo: 50, flow: 1, clicksHoursAgo: [40], profile: 2 })
  await mail({ deliveredHoursAgo: 50, flow: 1, clicksHoursAgo: [5] })
  await order(shopId, { hoursAgo: 10, totalMinor: 5000 })
  expect(await countedOrders(shopId)).toEqual([])
})

test('whatever happened, credited orders are those that a count by hand credits, and never more than were placed', async () => {
  const hours = fc.integer({ min: 0, max: 300 })
  const life = fc.record({
    clicks: fc.array(fc.record({ hoursAgo: hours, flow: fc.constantFrom(1, 2), profile: fc.constantFrom(1, 2) }), {
      maxLength: 6,
    }),
    orders: fc.array(fc.record({ hoursAgo: hours, profile: fc.constantFrom(1, 2) }), { maxLength: 6 }),
  })
  await fc.assert(
    fc.asyncProperty(life, async ({ clicks, orders }) => {
      const { shopId, mail } = await shopWithMail()
      for (const { hoursAgo, ...click } of clicks)
        await mail({ ...click, deliveredHoursAgo: hoursAgo + 1, clicksHoursAgo: [hoursAgo] })
      for (const each of orders) await order(shopId, { ...each, totalMinor: 100 })
      const credited = orders.filter((each) =>
        clicks.some(
          ({ profile, hoursAgo }) =>
            profile === each.profile && hoursAgo >= each.hoursAgo && hoursAgo < each.hoursAgo + 5 * 24,
        ),
      )
      const counted = await countedOrders(shopId)
      expect(counted.reduce((sum, { orders }) => sum + (orders ?? 0), 0)).toBe(credited.length)
      expect(counted.reduce((sum, { revenueMinor }) => sum + (revenueMinor ?? 0), 0)).toBe(100 * credited.length)
    }),
    { numRuns: 15 },
  )
})

test('the periods and the flows add up to the same', async () => {
  const { shopId, mail } = await shopWithMail()
  for (const days of [0, 3, 29, 31, 45])
    await mail({ deliveredHoursAgo: days * 24 + 2, flow: 1, clicksHoursAgo: [days * 24 + 1] })
  await mail({ deliveredHoursAgo: 70 * 24, flow: 2, clicksHoursAgo: [] })
  const { now: results, before, perDay, perFlow } = await report(shopId)
  expect([results.delivered, before.delivered]).toEqual([3, 2])
  expect(perDay.reduce((sum, { delivered }) => sum + delivered, 0)).toBe(3)
  expect(perFlow.get(1)).toEqual(results)
})

async function report(shopId: ShopId) {
  const [mails, orders] = await withShop(db, shopId, (tx) =>
    Promise.all([countMails(tx, counting), countOrders(tx, counting)]),
  )
  return reportResults([...mails, ...orders], 30)
}

const countedOrders = (shopId: ShopId) => withShop(db, shopId, (tx) => countOrders(tx, counting))

interface Mail {
  deliveredHoursAgo: number
  clicksHoursAgo: number[]
  flow: number
  profile?: number
}

/** A shop with two people and two flows, and a way to send and click. */
async function shopWithMail() {
  const shopId = await buildShop(db)
  const shop = { shop_id: shopId }
  const template = randomUUID()
  await insertRows(
    db,
    'profile',
    [1, 2].map((id) => ({ ...shop, id, ...plainProfile })),
  )
  await insertRows(db, 'message_template', [{ ...shop, id: template, source: {}, compiled: {}, proved_at: at(0) }])
  async function mail({ deliveredHoursAgo, clicksHoursAgo, flow, profile = 1 }: Mail) {
    const id = randomUUID()
    const clicks = clicksHoursAgo.map(at)
    const times = {
      created_at: at(deliveredHoursAgo),
      first_due_at: at(deliveredHoursAgo),
      delivered_at: at(deliveredHoursAgo),
    }
    await insertRows(db, 'message', [
      {
        ...shop,
        id,
        profile_id: profile,
        flow_id: flow,
        template_id: template,
        ...plainMessage,
        ...times,
        clicked_at: clicks[0] ?? null,
      },
    ])
    const event = { ...shop, profile_id: profile, type: 'message_clicked', subject: `message:${id}`, props: {} }
    for (const occurred of clicks)
      await db.pool.query(
        `insert into event (shop_id, profile_id, type, subject, occurred_at, received_at, props) values ($1, $2, $3, $4, $5, $5, '{}')`,
        [event.shop_id, event.profile_id, event.type, event.subject, occurred],
      )
    return id
  }
  return { shopId, mail }
}

interface Placed {
  hoursAgo: number
  totalMinor: number
  profile?: number
  refundedMinor?: number
  currency?: string
  cancelled?: boolean
  deleted?: boolean
  isTest?: boolean
}

async function order(shopId: ShopId, placed: Placed) {
  const { hoursAgo, totalMinor, profile = 1, refundedMinor = 0, currency = 'GBP', isTest = false } = placed
  const row: Row = {
    shop_id: shopId,
    shopify_id: randomUUID(),
    profile_id: profile,
    currency,
    total_minor: totalMinor,
    refunded_minor: refundedMinor,
    refunds_stated_minor: 0,
    is_test: isTest,
    placed_at: at(hoursAgo),
    source_updated_at: at(hoursAgo),
    cancelled_at: placed.cancelled ? at(0) : null,
    deleted_at: placed.deleted ? at(0) : null,
  }
  await insertRows(db, 'shop_order', [row])
}

const plainProfile = {
  consent: 'subscribed',
  order_count: 0,
  total_spent_minor: 0,
  tags: [],
  attributes: {},
  stated_at: {},
  tag_changes: {},
  created_at: at(0),
}
const plainMessage = { channel: 'email', class: 'marketing', subject_ref: 'profile', state: 'delivered', attempts: 1 }
