import fc from 'fast-check'
import { expect, test } from 'vitest'
import { readShopSettings } from '#app/shops/settings.ts'
import { type DeliveryFacts, decideDelivery } from './delivery-policy.ts'

const now = new Date('2026-03-02T12:00:00Z')
const hoursFrom = (hours: number) => new Date(now.getTime() + hours * 3_600_000)

const facts = (changes: Partial<DeliveryFacts> = {}): DeliveryFacts => ({
  class: 'marketing',
  shopState: 'active',
  hasSender: true,
  email: 'ann@example.com',
  consent: 'subscribed',
  suppressedBecause: null,
  gate: { kind: 'go' },
  recentMarketing: [],
  zone: 'Europe/London',
  firstDueAt: now,
  ...changes,
})

const anyFacts: fc.Arbitrary<DeliveryFacts> = fc.record({
  class: fc.constantFrom('marketing', 'transactional'),
  shopState: fc.constantFrom('active', 'uninstalled', 'redacted'),
  hasSender: fc.boolean(),
  email: fc.constantFrom('ann@example.com', null),
  consent: fc.constantFrom('subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted', 'unknown'),
  suppressedBecause: fc.constantFrom(null, 'bounce', 'complaint'),
  gate: fc.oneof(
    fc.constant({ kind: 'go' as const }),
    fc.constant({ kind: 'skip' as const, reason: 'exited' }),
    fc
      .integer({ min: 0, max: 200 })
      .map((hours) => ({ kind: 'defer' as const, until: hoursFrom(hours), reason: 'lag' })),
  ),
  recentMarketing: fc
    .array(fc.integer({ min: -60, max: 0 }), { maxLength: 5 })
    .map((hours) => hours.toSorted((a, b) => a - b).map(hoursFrom)),
  zone: fc.constantFrom('Europe/London', 'Asia/Kathmandu', 'Pacific/Apia'),
  firstDueAt: fc.integer({ min: -100, max: 0 }).map(hoursFrom),
})

const anySettings = fc
  .record({
    frequencyCap: fc.option(
      fc.record({ messages: fc.integer({ min: 1, max: 4 }), hours: fc.integer({ min: 1, max: 72 }) }),
    ),
    quietHours: fc.constantFrom(null, { from: '21:00', to: '08:00' }, { from: '11:00', to: '13:00' }),
    deferLimitHours: fc.integer({ min: 1, max: 100 }),
  })
  .map(readShopSettings)

test('nothing goes out without sender, address and an active shop, or to a suppressed address, whatever else holds', () => {
  fc.assert(
    fc.property(anyFacts, anySettings, (given, settings) => {
      const isBarred =
        given.shopState !== 'active' || !given.hasSender || !given.email || given.suppressedBecause !== null
      if (isBarred) expect(decideDelivery(given, settings, now).kind).toBe('skip')
    }),
  )
})

test('marketing goes to subscribers only', () => {
  fc.assert(
    fc.property(anyFacts, anySettings, (given, settings) => {
      if (given.class === 'marketing' && given.consent !== 'subscribed')
        expect(decideDelivery(given, settings, now).kind).toBe('skip')
    }),
  )
})

test('what waits, waits for a later moment, within the limit, and with a reason', () => {
  fc.assert(
    fc.property(anyFacts, anySettings, (given, settings) => {
      const verdict = decideDelivery(given, settings, now)
      if (verdict.kind !== 'defer') return
      expect(verdict.until.getTime()).toBeGreaterThanOrEqual(now.getTime())
      expect(verdict.until.getTime() - given.firstDueAt.getTime()).toBeLessThanOrEqual(
        settings.deferLimitHours * 3_600_000,
      )
      expect(verdict.reason).not.toBe('')
    }),
  )
})

test('a cap is never exceeded: after the wait it names, one more may go', () => {
  const capped = readShopSettings({ frequencyCap: { messages: 2, hours: 24 } })
  fc.assert(
    fc.property(anyFacts, ({ recentMarketing }) => {
      const given = facts({ recentMarketing })
      const verdict = decideDelivery(given, capped, now)
      const inWindow = recentMarketing.filter((at) => at > hoursFrom(-24)).length
      expect(verdict.kind).toBe(inWindow >= 2 ? 'defer' : 'send')
      if (verdict.kind !== 'defer') return
      expect(decideDelivery(given, capped, verdict.until).kind).toBe('send')
      expect(decideDelivery(given, capped, new Date(verdict.until.getTime() - 1)).kind).toBe('defer')
    }),
  )
})

test('caps and quiet hours are no business of transactional mail', () => {
  const settings = readShopSettings({
    quietHours: { from: '00:00', to: '23:59' },
    frequencyCap: { messages: 1, hours: 24 },
  })
  const given = facts({ class: 'transactional', consent: 'unsubscribed', recentMarketing: [hoursFrom(-1)] })
  expect(decideDelivery(given, settings, now)).toEqual({ kind: 'send' })
})

test('why somebody gets no marketing is told apart', () => {
  const reasonFor = (changes: Partial<DeliveryFacts>) => decideDelivery(facts(changes), readShopSettings({}), now)
  expect(reasonFor({ consent: 'unsubscribed' })).toMatchObject({ reason: 'unsubscribed' })
  expect(reasonFor({ consent: 'pending' })).toMatchObject({ reason: 'consent_pending' })
  expect(reasonFor({ consent: 'unknown' })).toMatchObject({ reason: 'no_consent' })
  expect(reasonFor({ suppressedBecause: 'bounce', consent: 'unsubscribed' })).toMatchObject({
    reason: 'suppressed_bounce',
  })
  expect(reasonFor({ shopState: 'uninstalled', email: null })).toMatchObject({ reason: 'shop_uninstalled' })
})
