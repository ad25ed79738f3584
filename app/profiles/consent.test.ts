import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type Consent, consentTransition, prevailingConsent, unknownConsent } from './consent.ts'

const states = ['unknown', 'not_subscribed', 'pending', 'subscribed', 'unsubscribed', 'redacted'] as const
const consents = fc.record<Consent>({
  state: fc.constantFrom(...states),
  level: fc.constantFrom(null, 'single_opt_in' as const, 'confirmed_opt_in' as const),
  at: fc.option(fc.integer({ min: 0, max: 3 }).map((day) => new Date(Date.UTC(2026, 0, 1 + day)))),
})

test('the order in which statements arrive has no influence on the consent that holds', () => {
  fc.assert(
    fc.property(fc.array(consents), (facts) => {
      const settle = (order: Consent[]) => order.reduce(prevailingConsent, unknownConsent)
      expect(settle(facts.toReversed())).toEqual(settle(facts))
    }),
  )
})

test('a statement without a time never overrules one with a time', () => {
  const dated: Consent = { state: 'subscribed', level: null, at: new Date('2020-01-01') }
  expect(prevailingConsent(dated, { state: 'unsubscribed', level: null, at: null })).toBe(dated)
})

test('whoever never was subscribed becomes unsubscribed only by saying so', () => {
  expect(consentTransition('unknown', 'not_subscribed')).toBeNull()
  expect(consentTransition('unknown', 'unsubscribed')).toBe('unsubscribed')
  expect(consentTransition('subscribed', 'not_subscribed')).toBe('unsubscribed')
  expect(consentTransition('subscribed', 'redacted')).toBe('unsubscribed')
  expect(consentTransition('redacted', 'unsubscribed')).toBeNull()
  expect(consentTransition('unsubscribed', 'subscribed')).toBe('subscribed')
})
