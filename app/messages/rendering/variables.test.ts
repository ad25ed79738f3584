// What shoppers and shops type is cleaned before any template sees it.
import { expect, test } from 'vitest'
import { minimalSampleVariables } from './sample-variables.ts'
import { itemSchema, templateVariablesSchema } from './variables.ts'

const rightToLeftOverride = '\u202e'

test.each([
  ['Ada', 'Ada'],
  ['Jean-Luc O’Neil', 'Jean-Luc O’Neil'],
  ['J. R.', 'J. R.'],
  ['  Ada \r\nBcc: all ', 'Ada Bcc: all'],
  [`${rightToLeftOverride}Ada`, 'Ada'],
  [null, ''],
  [undefined, ''],
  ['WIN $900 www.evil.example', ''],
  ['Ada evil.com/prize', ''],
  ['https://evil.example', ''],
  ['<script>alert(1)</script>', ''],
  ['{{ shop.email }}', ''],
  ['A'.repeat(10_000), ''],
])('the name %j is greeted as %j', (typed, greeted) => {
  const variables = { ...minimalSampleVariables, profile: { first_name: typed, email: 'ada@example.com' } }
  expect(templateVariablesSchema.parse(variables).profile.first_name).toBe(greeted)
})

test('a long product title is cut between whole characters', () => {
  const { title } = item({ title: '😀'.repeat(200) })
  expect(title.length).toBeLessThanOrEqual(160)
  expect(title.isWellFormed()).toBe(true)
})

test('Shopify’s name for "no variants" is not shown', () => {
  expect(item({ variant_title: 'Default Title' }).variant_title).toBe('')
})

test.each([
  ['//cdn.example/a.jpg', 'https://cdn.example/a.jpg'],
  ['javascript:alert(1)', null],
  ['not a url', null],
  ['', null],
  [undefined, null],
])('the picture address %j becomes %j', (given, kept) => {
  expect(item({ image_url: given }).image_url).toBe(kept)
})

test('a basket whose link is not a web address is refused', () => {
  const cart = { url: 'javascript:alert(1)', items: [], total: '', item_count: 0 }
  expect(templateVariablesSchema.safeParse({ ...minimalSampleVariables, cart }).success).toBe(false)
})

function item(fields: object) {
  return itemSchema.parse({ title: 'Mug', quantity: 1, price: '£1', line_price: '£1', ...fields })
}
