import { expect, test } from 'vitest'
import type { LeafInput } from '#app/segments/conditions/registry.ts'
import { ask, buildPerson, daysAgo } from '#tests/builders/person.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const mug = { product_id: 'mug', variant_id: 'mug-blue' }
const catalogue = {
  product: [
    {
      shopify_id: 'mug',
      title: 'Mug',
      product_type: 'Crockery',
      tags: ['Gift', 'blue'],
      collection_ids: ['kitchen'],
      status: 'active',
      source_updated_at: daysAgo(99),
    },
  ],
}

test('a product is bought by its id, its variant, its collection, its type or a tag', async () => {
  const person = await buildPerson(db, { orders: [{ placed_at: daysAgo(3), lines: [mug] }], rows: catalogue })
  const passes = async (by: 'product' | 'variant' | 'collection' | 'product-type' | 'product-tag', one: string) =>
    (await ask(db, person, { kind: 'bought', by, oneOf: ['other', one] })).passes
  expect(await passes('product', 'mug')).toBe(true)
  expect(await passes('variant', 'mug-blue')).toBe(true)
  expect(await passes('collection', 'kitchen')).toBe(true)
  expect(await passes('product-type', 'crockery')).toBe(true)
  expect(await passes('product-tag', 'GIFT')).toBe(true)
  expect(await passes('product', 'plate')).toBe(false)
  expect(await passes('product-tag', 'red')).toBe(false)
})

test('orders are counted, not lines', async () => {
  const person = await buildPerson(db, {
    orders: [
      { placed_at: daysAgo(3), lines: [mug, mug] },
      { placed_at: daysAgo(2), lines: [{ product_id: 'plate' }] },
    ],
  })
  const twice: LeafInput = { kind: 'bought', by: 'product', oneOf: ['mug'], count: { is: 'at-least', times: 2 } }
  expect(await ask(db, person, twice)).toEqual({ passes: false, seen: { 'orders with product mug': 1 } })
})

test('what was in a cancelled order was not bought', async () => {
  const person = await buildPerson(db, {
    orders: [{ placed_at: daysAgo(3), cancelled_at: daysAgo(2), lines: [mug] }],
  })
  expect((await ask(db, person, { kind: 'bought', by: 'product', oneOf: ['mug'] })).passes).toBe(false)
})
