// What the picker offers is what a mail can be filled with.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { textLiquid } from '#app/messages/rendering/liquid.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import { isKnownVariable, variablesAbout, variableTag } from './variable-catalogue.ts'

test.each(['checkout', 'cart', 'order', 'profile'] as const)(
  'everything offered about a %s is known and has a value',
  (about) => {
    for (const { path } of variablesAbout(about)) {
      expect(isKnownVariable(path, about), path).toBe(true)
      expect(textLiquid.parseAndRenderSync(`{{ ${path} }}`, sampleVariables), path).not.toBe('')
    }
  },
)

test.each([
  ['checkout.items[0].title', 'checkout', true],
  ['checkout.items.first.url', 'checkout', true],
  ['checkout.items.size', 'checkout', true],
  ['checkout.items[0].sku', 'checkout', false],
  ['checkout.url', 'cart', false],
  ['profile.nonesuch', 'cart', false],
  ['shop', 'cart', true],
  ['constructor.name', 'cart', false],
] as const)('%s about a %s: %s', (path, about, isKnown) => {
  expect(isKnownVariable(path, about)).toBe(isKnown)
})

test('a fallback of any words is said when there is no value, and can’t leave its place', () => {
  fc.assert(
    fc.property(fc.string(), (fallback) => {
      const tag = variableTag({ path: 'profile.nonesuch', fallback })
      expect(textLiquid.parse(tag)).toHaveLength(1)
    }),
  )
  const tag = variableTag({ path: 'profile.first_name', fallback: 'there' })
  expect(textLiquid.parseAndRenderSync(tag, { profile: { first_name: '' } })).toBe('there')
})
