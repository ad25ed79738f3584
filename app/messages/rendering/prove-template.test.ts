// Templates written to do harm are stopped before any recipient's mail is filled with them.
import { expect, test } from 'vitest'
import { proveTemplate } from './prove-template.server.ts'
import { renderMessage } from './render-message.ts'
import { sampleVariables } from './sample-variables.ts'

const footer = '<a href="{{ unsubscribe_url }}">Unsubscribe</a> {{ shop.address }}'
const textFooter = '{{ unsubscribe_url }} {{ shop.address }}'

const nestedLoops = `${'{% for a in (1..999) %}'.repeat(5)}x${'{% endfor %}'.repeat(5)}`
const doubling = `{% assign s = 'xxxxxxxxxx' %}${'{% assign s = s | append: s %}'.repeat(40)}{{ s }}`
const bombs = {
  'a huge range': '{% for i in (1..1000000000) %}x{% endfor %}',
  'nested loops': nestedLoops,
  'a string that doubles': doubling,
  'a replacement that grows': `{% assign s = 'aa' %}${"{% assign s = s | replace: 'a', 'aaaaaaaaaa' %}".repeat(12)}{{ s }}`,
  'a capture in a loop': `{% for i in (1..9999) %}{% capture s %}{{ s }}{{ s }}${'y'.repeat(999)}{% endcapture %}{% endfor %}{{ s }}`,
  'captures without a filter': `{% for i in (1..99999) %}{% capture s %}${'y'.repeat(99_999)}{% endcapture %}{% endfor %}`,
  'conditions 20,000 deep': `${'{% if shop %}'.repeat(20_000)}x${'{% endif %}'.repeat(20_000)}`,
  'a padded date': "{{ 'now' | date: '%999999999d' }}",
  'a table without end': '{% tablerow i in (1..99999999) %}x{% endtablerow %}',
  'a join of joins': `{% assign a = (1..900) %}{% for i in a %}{{ a | join: '${'x'.repeat(999)}' }}{% endfor %}`,
}

test.each(Object.entries(bombs))('stopped before it can be saved: %s', async (_name, bomb) => {
  const template = { subject: 'Hello', html: `${bomb}${footer}`, text: textFooter }
  expect(await proveTemplate(template, sampleVariables)).toMatchObject({ ok: false, error: expect.any(String) })
})

test.each(Object.entries(bombs))('were it ever sent, the worker itself survives: %s', (_name, bomb) => {
  const template = { subject: 'Hello', html: bomb, text: bomb }
  const message = renderMessage(template, sampleVariables, { utm: { campaign: 'c', content: 'c' } })
  expect(message).toMatchObject({ ok: false, reason: 'render_failed' })
})

test('a child that does not answer by the deadline is killed and the template refused', async () => {
  const template = { subject: 'Hello', html: footer, text: textFooter }
  const proof = await proveTemplate(template, sampleVariables, { deadlineMs: 1 })
  expect(proof).toMatchObject({ ok: false, error: expect.stringContaining('too much time') })
})

test('an ordinary template is proved', async () => {
  const template = { subject: 'Hello {{ profile.first_name }}', html: footer, text: textFooter }
  expect(await proveTemplate(template, sampleVariables)).toEqual({ ok: true })
})

test.each([
  ['unsubscribe link', { html: '{{ shop.address }}', text: textFooter }],
  ['{{ shop.address }}', { html: '<a href="{{ unsubscribe_url }}">Unsubscribe</a>', text: textFooter }],
  ['{{ unsubscribe_url }}', { html: footer, text: '{{ shop.address }}' }],
  ['unsubscribe link', { html: `{% if cart.nothing %}${footer}{% endif %}`, text: textFooter }],
])('a marketing mail without %s is refused', async (missing, parts) => {
  const proof = await proveTemplate({ subject: 'Hello', ...parts }, sampleVariables)
  expect(proof).toMatchObject({ ok: false, error: expect.stringContaining(missing) })
})

test('a service mail needs no unsubscribe link', async () => {
  const template = { subject: 'Hello', html: 'Hello', text: 'Hello' }
  const proof = await proveTemplate(template, { ...sampleVariables, message: { is_marketing: false } })
  expect(proof).toEqual({ ok: true })
})
