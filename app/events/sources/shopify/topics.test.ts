// The contract that every topic keeps, held against Shopify's own samples.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'
import { eventTypes } from '#app/events/vocabulary.ts'
import { complianceTopics, isComplianceTopic, isShopifyTopic, shopifyTopics } from './topics.ts'

const fixtures = 'tests/fixtures/webhooks'
const receivedAt = new Date('2026-11-22T12:00:00Z')

const sampleOf = (topic: string) => readFileSync(`${fixtures}/${topic.replaceAll('/', '_')}.json`, 'utf8')
const observed = (topic: string, body: string) =>
  observe({ source: 'shopify', topic, body, triggeredAt: receivedAt, receivedAt, currency: 'USD' })

/** The numbers of 16 digits and more in a text. */
const longNumbers = (text: string) => new Set(text.match(/(?<!\d)\d{16,}(?!\d)/g))

test.each(Object.keys(shopifyTopics))('%s: the sample is understood, and each long id in it is exact', (topic) => {
  const sample = sampleOf(topic)
  const observation = observed(topic, sample)
  const known = longNumbers(sample)
  for (const number of longNumbers(JSON.stringify(observation))) expect(known).toContain(number)
})

test.each(Object.keys(shopifyTopics))(
  '%s: what it says happened is in the vocabulary, has a subject and a time',
  (topic) => {
    for (const event of observed(topic, sampleOf(topic)).events) {
      expect(eventTypes).toContain(event.type)
      expect(event.subjects.length).toBeGreaterThan(0)
      expect(event.occurredAt.getTime()).toBeGreaterThan(0)
    }
  },
)

test.each(Object.keys(shopifyTopics))('%s: an event holds nothing personal', (topic) => {
  const { events } = observed(topic, sampleOf(topic))
  expect(JSON.stringify(events)).not.toMatch(/@|Bob|Biller|Smith|555-|Elm St/)
})

test.each(Object.keys(shopifyTopics))('%s: the same payload says the same twice', (topic) => {
  expect(observed(topic, sampleOf(topic))).toEqual(observed(topic, sampleOf(topic)))
})

test.each(Object.keys(shopifyTopics))('%s: an unreadable payload is refused, never misread', (topic) => {
  for (const body of ['', '[]', '"x"', 'null', '{"id":', '<html>'])
    expect(() => observed(topic, body)).toThrow(/not JSON|invalid_type|missing/)
})

test('topics that Tern does not know are refused, also those that every object has', () => {
  for (const topic of ['themes/publish', 'constructor', 'toString', '__proto__']) {
    expect(isShopifyTopic(topic)).toBe(false)
    expect(() => observed(topic, '{}')).toThrow('unknown topic')
  }
})

test('the three compliance topics are the ones that the law knows', () => {
  expect(complianceTopics.every(isComplianceTopic)).toBe(true)
  expect(isComplianceTopic('orders/create')).toBe(false)
})

test('there is a sample for every topic that Tern knows', () => {
  const files = readdirSync(fixtures)
  for (const topic of Object.keys(shopifyTopics)) expect(files).toContain(`${topic.replaceAll('/', '_')}.json`)
})
