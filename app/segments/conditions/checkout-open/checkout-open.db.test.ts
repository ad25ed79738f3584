import { expect, test } from 'vitest'
import { addPast, ask, buildPerson, daysAgo, type Person } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const thisOne = { kind: 'checkout-open', which: 'subject' } as const
const anyOne = { kind: 'checkout-open', which: 'any' } as const

test('a checkout is open from its beginning until it is completed', async () => {
  const person = await inCheckout({ completed_at: daysAgo(1) })
  const about = { subject: 'checkout:k' } as const
  expect((await ask(db, person, thisOne, { ...about, asOf: daysAgo(2) })).passes).toBe(true)
  expect((await ask(db, person, thisOne, about)).passes).toBe(false)
  expect((await ask(db, person, thisOne, { ...about, asOf: daysAgo(4) })).passes).toBe(false)
})

test('the checkout of a cart is found through the cart', async () => {
  const person = await inCheckout()
  expect(await ask(db, person, thisOne, { subject: 'cart:c' })).toEqual({
    passes: true,
    seen: { 'this checkout open': true },
  })
  expect((await ask(db, person, thisOne, { subject: 'cart:other' })).passes).toBe(false)
  expect((await ask(db, person, thisOne)).passes).toBe(false)
})

test('an order closes its checkout before Shopify says so', async () => {
  const person = await inCheckout()
  await addPast(db, person, { orders: [{ placed_at: daysAgo(1), checkout_token: 'k' }] })
  expect((await ask(db, person, anyOne)).passes).toBe(false)
})

test('a checkout below the wanted total does not count', async () => {
  const person = await inCheckout({ total_minor: 4999 })
  expect((await ask(db, person, anyOne)).seen).toEqual({ 'open checkouts': 1 })
  expect((await ask(db, person, { ...anyOne, minTotalMinor: 5000 })).passes).toBe(false)
})

async function inCheckout(columns: object = {}): Promise<Person> {
  const person = await buildPerson(db)
  const checkout = { token: 'k', cart_token: 'c', profile_id: person.profileId, created_at: daysAgo(3) }
  const plain = { items: [], item_count: 1, total_minor: 6000, currency: 'GBP', source_updated_at: daysAgo(3) }
  await addPast(db, person, { rows: { checkout: [{ ...checkout, ...plain, ...columns }] } })
  return person
}
