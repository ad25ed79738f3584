import { expect, test } from 'vitest'
import { absorb } from '#app/jobs/absorb.server.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createShopDirectory } from '#app/shops/directory.server.ts'
import { beginStory } from '#tests/builders/flow-story.ts'
import {
  checkoutSaid,
  consentSaid,
  customerSaid,
  deliver,
  fulfilmentSaid,
  minute,
  orderSaid,
  type Said,
} from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'
import { reactToEvents } from './react.server.ts'

const db = await createTestDatabase()
const deps = {
  directory: createShopDirectory(db),
  pepper: 'pepper',
  applyMessageFacts: async () => [],
  log: silentLog,
}
const hour = (hours: number) => minute(hours * 60)
const day = (days: number) => hour(days * 24)
const ann = { email: 'ann@x.example', customer: 1 }

/** Lets the flows hear what is told, and returns the statements that this took. */
const statementsFor = (shopId: ShopId, now: Date, ...told: Said[]) =>
  withSystem(db, async (tx) => {
    const { events } = await absorb(tx, await deliver(tx, shopId, told), now, deps)
    const statements: string[] = []
    const rows: SystemTx['rows'] = (sql, values) => {
      statements.push(sql)
      return tx.rows(sql, values)
    }
    await reactToEvents({ system: true, rows }, events, now)
    return statements.length
  })

test('7.3 without live flows an event costs one statement', async () => {
  const { shopId } = await beginStory(db, [])
  expect(await statementsFor(shopId, minute(1), orderSaid('orders/create', { at: minute(0), ...ann }))).toBe(1)
})

test('7.3 an event that no flow listens to costs one statement, and none at all when it is history', async () => {
  const { shopId } = await beginStory(db, ['win-back', 'welcome'])
  await statementsFor(shopId, minute(1), orderSaid('orders/create', { at: minute(0), ...ann }))
  expect(await statementsFor(shopId, minute(1), customerSaid('customers/create', { at: minute(0) }))).toBe(1)
  const old = { ...orderSaid('orders/create', { id: 9, at: day(-60), ...ann }), receivedAt: minute(2) }
  expect(await statementsFor(shopId, minute(2), old)).toBe(0)
})

test('the cost of the usual events, with all five flows live', async () => {
  const { shopId } = await beginStory(db, [
    'abandoned-checkout',
    'abandoned-cart',
    'welcome',
    'post-purchase',
    'win-back',
  ])
  const elsewhere = { cart: null, checkout: null, at: minute(0) }
  await statementsFor(shopId, minute(1), orderSaid('orders/create', { id: 9, ...elsewhere, ...ann }))
  const costs = {
    // Flows, enrolments, past and exits, entry condition, the new enrolment.
    checkout: await statementsFor(shopId, minute(3), checkoutSaid('checkouts/create', { at: minute(2), ...ann })),
    // Flows, enrolments, the merged enrolment.
    again: await statementsFor(
      shopId,
      minute(5),
      checkoutSaid('checkouts/update', { at: minute(4), createdAt: minute(2), ...ann }),
    ),
    // Flows, enrolments, past and exits, the one that ends, the one that begins, the absence timer.
    order: await statementsFor(shopId, minute(7), orderSaid('orders/create', { at: minute(6), isPaid: true, ...ann })),
    // Flows, enrolments.
    delivered: await statementsFor(shopId, day(2), fulfilmentSaid({ at: day(1), isDelivered: true })),
  }
  expect(costs).toEqual({ checkout: 5, again: 3, order: 6, delivered: 2 })
})

test('7.1 what begins and ends in one batch is over, and nothing was sent', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(
    checkoutSaid('checkouts/create', { at: minute(0), ...ann }),
    orderSaid('orders/create', { at: minute(2), ...ann }),
  )
  await story.until(day(5))
  expect(await story.mails()).toEqual([])
  const [enrolment, ...others] = await story.enrolments()
  expect(others).toEqual([])
  expect(enrolment === undefined || enrolment.reason === 'ordered').toBe(true)
})

test('shops in one batch react each for itself', async () => {
  const one = await beginStory(db, ['welcome'])
  const other = await beginStory(db, ['abandoned-checkout'])
  await withSystem(db, async (tx) => {
    const subscribed = consentSaid({ state: 'subscribed', email: ann.email, at: minute(0) })
    const rows = [
      ...(await deliver(tx, one.shopId, [subscribed, checkoutSaid('checkouts/create', { at: minute(0), ...ann })])),
      ...(await deliver(tx, other.shopId, [subscribed, checkoutSaid('checkouts/create', { at: minute(0), ...ann })])),
    ]
    const { events } = await absorb(tx, rows, minute(1), deps)
    await reactToEvents(tx, events, minute(1))
  })
  expect((await one.enrolments()).map(({ flow }) => flow)).toEqual(['welcome'])
  expect((await other.enrolments()).map(({ flow }) => flow)).toEqual(['abandoned-checkout'])
})

test('5.4 shipping that was told before the payment counts', async () => {
  const story = await beginStory(db, ['post-purchase'])
  const order = { placedAt: minute(0), ...ann }
  await story.tell(orderSaid('orders/fulfilled', { at: hour(1), isFulfilled: true, ...order }))
  await story.tell(fulfilmentSaid({ at: hour(30), isDelivered: true }))
  await story.tell(orderSaid('orders/paid', { at: hour(31), isFulfilled: true, isPaid: true, ...order }))
  await story.until(day(60))
  expect(await story.mails()).toEqual([
    { mail: 'thank-you-first', at: hour(55) },
    { mail: 'review-request', at: hour(30 + 240) },
  ])
})
