// Links keep working and stay harmless.
import { expect, test } from 'vitest'
import { utmQuery, withUtmInHtml, withUtmInText } from './links.ts'

const query = utmQuery({ campaign: 'abandoned-checkout', content: 'reminder' })
const encoded = query.replaceAll('&', '&amp;')

test('a web link gets the campaign parameters', () => {
  expect(withUtmInHtml('<a href="https://shop.example/p">', query, [])).toBe(
    `<a href="https://shop.example/p?${encoded}">`,
  )
})

test('parameters go behind a query and before a fragment', () => {
  const html = withUtmInHtml('<a href="https://shop.example/p?a=1&amp;b=2#reviews">', query, [])
  expect(html).toBe(`<a href="https://shop.example/p?a=1&amp;b=2&amp;${encoded}#reviews">`)
})

test.each([
  'href="https://mail.example/unsubscribe/t?s=1&amp;x=2"',
  'href="https://shop.example/?utm_source=merchant"',
  'href="https://shop.example/?a=1&amp;utm_source=merchant"',
  'href="mailto:shop@example.com?subject=Hello"',
  'src="https://cdn.example/i.jpg"',
])('left alone: %s', (attribute) => {
  const html = `<a ${attribute}>`
  expect(withUtmInHtml(html, query, ['https://mail.example/unsubscribe/t?s=1&x=2'])).toBe(html)
})

test.each([
  'javascript:alert(1)',
  ' JavaScript:alert(1)',
  'java\nscript:alert(1)',
  'javascript&#58;alert(1)',
  'data:text/html,<script>',
  'vbscript:x',
])('a link that could run code is disarmed: %s', (target) => {
  expect(withUtmInHtml(`<a href="${target}">`, query, [])).toBe('<a href="#">')
  expect(withUtmInHtml(`<a href='${target}'>`, query, [])).toBe('<a href="#">')
})

test('in the text part, punctuation behind an address stays behind it', () => {
  const text = withUtmInText('See https://shop.example/p, or (https://shop.example/q).', query, [])
  expect(text).toBe(`See https://shop.example/p?${query}, or (https://shop.example/q?${query}).`)
})

test('in the text part, the unsubscribe address stays as it is', () => {
  const text = 'Unsubscribe: https://mail.example/unsubscribe/t?s=1'
  expect(withUtmInText(text, query, ['https://mail.example/unsubscribe/t?s=1'])).toBe(text)
})
