import { expect, test } from 'vitest'
import { beginStory } from '#tests/builders/flow-story.ts'
import {
  cartSaid,
  checkoutSaid,
  consentSaid,
  customerSaid,
  fulfilmentSaid,
  minute,
  orderSaid,
  refundSaid,
} from '#tests/builders/observations.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const hour = (hours: number) => minute(hours * 60)
const day = (days: number) => hour(days * 24)
const ann = { email: 'ann@x.example', customer: 1 }

test('a checkout that is left gets three mails: an hour, a day and three days after it began', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  await story.until(day(30))
  expect(await story.mails()).toEqual([
    { mail: 'reminder', at: hour(1) },
    { mail: 'reassurance', at: hour(24) },
    { mail: 'last-note', at: hour(72) },
  ])
  expect(await story.enrolments()).toEqual([
    { flow: 'abandoned-checkout', subject: 'checkout:checkout-1', state: 'completed', step: 'done', reason: null },
  ])
})

test('someone who orders gets no further mail about the checkout', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  await story.until(hour(2))
  await story.tell(orderSaid('orders/create', { at: hour(3), ...ann }))
  await story.until(day(30))
  expect(await story.mails()).toEqual([{ mail: 'reminder', at: hour(1) }])
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', step: 'second-wait', reason: 'ordered' }])
})

test('an order that was delivered before its checkout keeps the late checkout out', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(orderSaid('orders/create', { at: minute(20), ...ann }))
  await story.tell({ ...checkoutSaid('checkouts/create', { at: minute(5), ...ann }), receivedAt: minute(30) })
  await story.until(day(30))
  expect(await story.mails()).toEqual([])
})

test('whoever goes on in a checkout is reminded an hour after the last move', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  await story.tell(checkoutSaid('checkouts/update', { at: minute(40), createdAt: minute(0), quantity: 2, ...ann }))
  await story.until(hour(2))
  expect(await story.mails()).toEqual([{ mail: 'reminder', at: minute(100) }])
})

test('a later checkout of the same person ends the story of the earlier one', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  await story.tell(checkoutSaid('checkouts/create', { token: 'checkout-2', cart: 'cart-2', at: minute(30), ...ann }))
  await story.until(hour(2))
  expect(await story.enrolments()).toMatchObject([
    { subject: 'checkout:checkout-1', state: 'exited', reason: 'superseded' },
    { subject: 'checkout:checkout-2', state: 'active' },
  ])
  expect(await story.mails()).toEqual([{ mail: 'reminder', at: minute(90) }])
})

test('emptying the cart ends the story of its checkout', async () => {
  const story = await beginStory(db, ['abandoned-checkout'])
  await story.tell(cartSaid({ at: minute(0) }), checkoutSaid('checkouts/create', { at: minute(1), ...ann }))
  await story.tell(cartSaid({ at: minute(10), quantity: 0 }))
  await story.until(day(5))
  expect(await story.mails()).toEqual([])
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'cart_emptied' }])
})

test('whoever unsubscribes leaves every flow at once', async () => {
  const story = await beginStory(db, ['abandoned-checkout', 'welcome'])
  await story.tell(customerSaid('customers/create', { email: ann.email, at: minute(0) }))
  await story.tell(consentSaid({ state: 'subscribed', email: ann.email, at: minute(1) }))
  await story.tell(checkoutSaid('checkouts/create', { at: minute(2), ...ann }))
  await story.tell(consentSaid({ state: 'unsubscribed', email: ann.email, at: minute(5) }))
  await story.until(day(30))
  expect(await story.enrolments()).toMatchObject([
    { flow: 'welcome', state: 'exited', reason: 'unsubscribed' },
    { flow: 'abandoned-checkout', state: 'exited', reason: 'unsubscribed' },
  ])
  expect(await story.mails()).toMatchObject([{ mail: 'hello' }])
})

test('a known person’s cart gets two mails, four hours and a day after its last change', async () => {
  const story = await beginStory(db, ['abandoned-cart'])
  await story.tell(checkoutSaid('checkouts/create', { at: minute(0), ...ann }))
  await story.tell(orderSaid('orders/create', { at: minute(5), ...ann }))
  await story.tell(cartSaid({ at: day(20) }))
  await story.tell(cartSaid({ at: day(20.1) }))
  await story.until(day(30))
  expect(await story.mails()).toEqual([
    { mail: 'still-there', at: hour(20.1 * 24 + 4) },
    { mail: 'can-we-help', at: day(21.1) },
  ])
})

test('a checkout takes the cart’s story over, and the cart comes no second time within a week', async () => {
  const story = await beginStory(db, ['abandoned-cart', 'abandoned-checkout'])
  await story.tell(orderSaid('orders/create', { cart: 'cart-2', checkout: null, at: minute(0), ...ann }))
  await story.tell(cartSaid({ token: 'cart-2', at: day(20) }))
  await story.until(hour(20 * 24 + 5))
  const again = { token: 'checkout-2', cart: 'cart-2', ...ann }
  await story.tell(checkoutSaid('checkouts/create', { at: hour(20 * 24 + 6), ...again }))
  await story.until(day(23.9))
  await story.tell(cartSaid({ token: 'cart-2', at: day(24) }))
  await story.until(day(30))
  const mails = await story.mails()
  expect(mails.map(({ mail }) => mail)).toEqual(['still-there', 'reminder', 'reassurance', 'last-note'])
  expect(await story.enrolments()).toMatchObject([
    { flow: 'abandoned-cart', state: 'exited', reason: 'checkout_started' },
    { flow: 'abandoned-checkout', state: 'completed' },
  ])
})

test('new subscribers get four mails in a week; whoever has bought gets only the first', async () => {
  const story = await beginStory(db, ['welcome'])
  await story.tell(consentSaid({ state: 'subscribed', email: 'new@x.example', customer: 2, at: minute(0) }))
  await story.tell(orderSaid('orders/create', { at: minute(1), ...ann }))
  await story.tell(consentSaid({ state: 'subscribed', email: ann.email, at: minute(10) }))
  await story.until(day(30))
  const mails = await story.mails()
  expect(mails.map(({ mail }) => mail)).toEqual(['hello', 'hello', 'story', 'favourites', 'questions'])
  expect(mails.slice(2).map(({ at }) => Math.round((at.getTime() - minute(0).getTime()) / 86_400_000))).toEqual([
    2, 4, 7,
  ])
})

test('a first order is thanked for as one, and a review asked for ten days after delivery', async () => {
  const story = await beginStory(db, ['post-purchase'])
  await story.tell(orderSaid('orders/create', { at: minute(0), isPaid: true, ...ann }))
  await story.until(day(2))
  await story.tell(
    orderSaid('orders/fulfilled', { at: day(2), placedAt: minute(0), isPaid: true, isFulfilled: true, ...ann }),
  )
  await story.tell(fulfilmentSaid({ at: day(4), isDelivered: true }))
  await story.until(day(60))
  expect(await story.mails()).toEqual([
    { mail: 'thank-you-first', at: day(1) },
    { mail: 'review-request', at: day(14) },
  ])
})

test('a second order is thanked for as such; without news of a delivery the review comes 14 days after shipping', async () => {
  const story = await beginStory(db, ['post-purchase'])
  await story.tell(orderSaid('orders/create', { at: minute(0), isPaid: false, ...ann }))
  await story.tell(orderSaid('orders/create', { id: 2, at: day(10), isPaid: true, ...ann }))
  await story.tell(
    orderSaid('orders/fulfilled', { id: 2, at: day(10.5), placedAt: day(10), isPaid: true, isFulfilled: true, ...ann }),
  )
  await story.until(day(60))
  expect(await story.mails()).toEqual([
    { mail: 'thank-you-returning', at: day(11) },
    { mail: 'review-request', at: day(24.5) },
  ])
})

test('a refund of the whole order ends the story, a part of it does not', async () => {
  const story = await beginStory(db, ['post-purchase'])
  await story.tell(orderSaid('orders/create', { at: minute(0), isPaid: true, quantity: 2, ...ann }))
  await story.tell(refundSaid({ at: minute(30), amount: '5.00' }))
  await story.until(day(2))
  expect(await story.mails()).toMatchObject([{ mail: 'thank-you-first' }])
  await story.tell(refundSaid({ id: 2, at: day(3), amount: '20.00', quantity: 2 }))
  expect(await story.enrolments()).toMatchObject([{ state: 'exited', reason: 'order_refunded' }])
})

test('sixty days without an order begin the win-back, and an order ends it and starts the count anew', async () => {
  const story = await beginStory(db, ['win-back'])
  await story.tell(orderSaid('orders/create', { at: minute(0), ...ann }))
  await story.until(day(65))
  await story.tell(orderSaid('orders/create', { id: 2, at: day(65), ...ann }))
  await story.until(day(200))
  expect(await story.mails()).toEqual([
    { mail: 'whats-new', at: day(60) },
    { mail: 'whats-new', at: day(125) },
    { mail: 'worth-a-look', at: day(135) },
    { mail: 'last-note', at: day(145) },
  ])
})

test('nobody whose only order was cancelled is won back', async () => {
  const story = await beginStory(db, ['win-back'])
  await story.tell(orderSaid('orders/create', { at: minute(0), ...ann }))
  await story.tell(orderSaid('orders/cancelled', { at: day(1), placedAt: minute(0), cancelledAt: day(1), ...ann }))
  await story.until(day(200))
  expect(await story.mails()).toEqual([])
})
