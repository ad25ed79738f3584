// What is said about a mail when it is saved, and where.
import { expect, test } from 'vitest'
import { designSource } from '#app/messages/design/design-source.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { type NewDesign, newDesign } from '#app/messages/design/new-design.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import type { CheckedMail } from './check.ts'
import { checkMail } from './registry.ts'

test('a mail in which all is well is told nothing', () => {
  expect(found([{ kind: 'button', label: 'Back', url: '{{ checkout.url }}' }])).toEqual([])
})

test.each<[string, NewDesign['blocks'][number], object]>([
  [
    'a picture without words',
    { kind: 'image', src: 'https://a.example/a.jpg', alt: '' },
    { check: 'alt', level: 'warning', field: 'alt' },
  ],
  ['a picture not chosen yet', { kind: 'image', src: '', alt: '' }, { check: 'empty', advice: 'image' }],
  [
    'a button that leads nowhere',
    { kind: 'button', label: 'Go', url: '' },
    { check: 'links', advice: 'missing', level: 'error' },
  ],
  ['a relative link', { kind: 'button', label: 'Go', url: '/collections/all' }, { check: 'links', advice: 'relative' }],
  [
    'a link without its scheme',
    { kind: 'button', label: 'Go', url: 'www.shop.example' },
    { check: 'links', advice: 'relative' },
  ],
  [
    'a link that runs code',
    { kind: 'button', label: 'Go', url: 'javascript:alert(1)' },
    { check: 'links', advice: 'unsafe' },
  ],
  [
    'a link in a text',
    { kind: 'text', text: 'See [this](/here)' },
    { check: 'links', advice: 'relative', field: 'text' },
  ],
  [
    'a misspelt variable',
    { kind: 'text', text: '{{ profile.firstname }}' },
    { check: 'variables', level: 'error', values: { path: 'profile.firstname' } },
  ],
  [
    'another flow’s variable',
    { kind: 'text', text: '{{ order.name }}' },
    { check: 'variables', values: { path: 'order.name' } },
  ],
  ['another flow’s items', { kind: 'items', of: 'order' }, { check: 'empty', advice: 'items', level: 'error' }],
  [
    'a mistake in Liquid',
    { kind: 'text', text: 'one\n{% if shop.name %}' },
    { check: 'liquid', values: { problem: expect.stringContaining('line 2') } },
  ],
  ['a tag that could hide the rest', { kind: 'text', text: '{% break %}' }, { check: 'liquid' }],
  ['a second large headline', { kind: 'heading', text: 'Again' }, { check: 'headings', advice: 'twice' }],
])('%s is found, with its block', (_, block, finding) => {
  expect(found([block])).toMatchObject([{ block: 'b3', ...finding }])
})

test('words that hardly stand out are found by light and by dark', () => {
  const style = { ...defaultBrand, ink: '#cccccc' }
  const findings = checkMail(mail({ design: { ...letter([]), style } }))
  expect(findings).toMatchObject([
    { check: 'contrast', advice: 'inkOnCard', values: { mode: 'light' } },
    { check: 'contrast', advice: 'inkOnPage', values: { mode: 'light' } },
  ])
})

test('a mail that Gmail would cut off is found', () => {
  const filled = { html: `${legal}${'x'.repeat(103_000)}`, text: legal }
  expect(checkMail(mail({ filled }))).toMatchObject([{ check: 'size', values: { kilobytes: 104 } }])
})

test('a text part by hand without the way out is an error, and errors come first', () => {
  const filled = { html: `${legal}${'x'.repeat(103_000)}`, text: 'Hello' }
  expect(checkMail(mail({ filled }))).toMatchObject([{ check: 'required', level: 'error' }, { check: 'size' }])
})

test('a mail written in MJML is checked by what it becomes', () => {
  const source = { subject: 'Hi', previewText: '', mjml: '{{ cart.url }}', text: 'Hi' }
  const filled = { html: `${legal}<img src="a"><a href="/x">x</a>`, text: legal }
  expect(checkMail({ ...mail({ filled }), design: null, source }).map(({ check }) => check)).toEqual([
    'variables',
    'links',
    'alt',
  ])
})

const found = (blocks: NewDesign['blocks']) => checkMail(mail({ design: letter(blocks) }))

const letter = (blocks: NewDesign['blocks']): MailDesign =>
  newDesign({
    subject: 'Hi',
    previewText: '',
    about: 'checkout',
    blocks: [{ kind: 'heading', text: 'Hello' }, ...blocks],
  })

const legal =
  '<a href="https://mail.example.com/unsubscribe/v1.kX2f9?shop=1">x</a> Harbour &amp; Hearth, 12 Quay Street, Falmouth TR11 3LH, United Kingdom Harbour & Hearth, 12 Quay Street, Falmouth TR11 3LH, United Kingdom'

function mail(parts: Partial<CheckedMail> & { design?: MailDesign }): CheckedMail {
  const design = parts.design ?? letter([])
  const source = designSource(design, defaultBrand)
  return { source, design, brand: defaultBrand, about: 'checkout', filled: { html: legal, text: legal }, ...parts }
}
