import { expect, test } from 'vitest'
import { ask, buildPerson, daysAgo } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const plain = { items: [], total_minor: 0, currency: 'GBP', created_at: daysAgo(1), source_updated_at: daysAgo(1) }

test('the cart is found by its own token and by its checkout', async () => {
  const person = await buildPerson(db, {
    rows: {
      cart: [{ ...plain, token: 'c', item_count: 2 }],
      checkout: [{ ...plain, token: 'k', cart_token: 'c', item_count: 5 }],
    },
  })
  const two = { kind: 'cart-has-items', atLeast: 2 } as const
  expect(await ask(db, person, two, { subject: 'cart:c' })).toEqual({ passes: true, seen: { 'items in cart': 2 } })
  expect(await ask(db, person, two, { subject: 'checkout:k' })).toEqual({ passes: true, seen: { 'items in cart': 2 } })
  expect((await ask(db, person, { ...two, atLeast: 3 }, { subject: 'cart:c' })).passes).toBe(false)
})

test('a checkout whose cart was never seen counts by its own items', async () => {
  const person = await buildPerson(db, {
    rows: { checkout: [{ ...plain, token: 'k', cart_token: 'unseen', item_count: 3 }] },
  })
  expect((await ask(db, person, { kind: 'cart-has-items' }, { subject: 'checkout:k' })).seen).toEqual({
    'items in cart': 3,
  })
})

test('an unknown cart has nothing in it', async () => {
  const person = await buildPerson(db)
  expect((await ask(db, person, { kind: 'cart-has-items' }, { subject: 'cart:c' })).passes).toBe(false)
  expect((await ask(db, person, { kind: 'cart-has-items' })).passes).toBe(false)
})
