// Whatever is typed into a mail's blocks, it can be compiled, filled and left.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { compileTemplate } from '#app/messages/rendering/compile-template.server.ts'
import { renderMessage } from '#app/messages/rendering/render-message.ts'
import { missingRequiredContent } from '#app/messages/rendering/required-content.ts'
import { sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import type { TemplateVariables } from '#app/messages/rendering/variables.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import { anyDesign, nastyTexts } from '#tests/builders/mail-designs.ts'
import { designSource } from './design-source.ts'
import type { MailDesign } from './mail-design.ts'
import { newDesign } from './new-design.ts'

test('any design compiles, can be filled, and holds what the law asks of marketing mail', {
  timeout: 120_000,
}, async () => {
  await fc.assert(
    fc.asyncProperty(anyDesign, async (design) => {
      const message = await filled(design)
      expect(missingRequiredContent(message, sampleVariables)).toBeNull()
      for (const tag of tagsOf(message.html)) expect(tag).not.toMatch(/^<(script|mj-|iframe|object)|\son\w+=/i)
    }),
    { numRuns: 60 },
  )
})

test.each(nastyTexts)('the text %j is shown and adds no markup', async (text) => {
  const nasty = markupOf((await filled(mailWith(text))).html)
  const plain = markupOf((await filled(mailWith('words'))).html)
  const harmless = /^\/?(p|ul|li|br|strong|em|a)$/
  expect(nasty.filter((tag) => !harmless.test(tag))).toEqual(plain.filter((tag) => !harmless.test(tag)))
})

test('a mistake in Liquid shows itself where it was typed', async () => {
  const { html, text } = await filled(mailWith('Hello {% if profile %} you'))
  expect(html).toContain('Hello {% if profile %} you')
  expect(text).toContain('Hello {% if profile %} you')
})

test('marks become markup in the one part and words in the other', async () => {
  const { html, text } = await filled(mailWith('**Now** [here](https://a.example/b?c=1&d=2)\n\n- one\n- two'))
  expect(html).toContain('<strong>Now</strong> <a href="https://a.example/b?c=1&amp;d=2&amp;utm_source')
  expect(html).toMatch(/<ul[^>]*><li>one<\/li><li>two<\/li><\/ul>/)
  expect(text).toContain('Now here (https://a.example/b?c=1&d=2&utm_source')
})

test('a block with a condition is left out of both parts when it does not hold', async () => {
  const design = newDesign({
    subject: 'Hello',
    previewText: '',
    about: 'checkout',
    blocks: [
      { kind: 'heading', text: 'The same heading' },
      { kind: 'text', text: 'only for some' },
    ],
  })
  const conditional = {
    ...design,
    blocks: design.blocks.map((block) => (block.kind === 'text' ? { ...block, showIf: { all: [] } } : block)),
  }
  const shown = await filled(conditional)
  const hidden = await filled(conditional, { ...sampleVariables, hidden: { b3: true } })
  for (const part of ['html', 'text'] as const) {
    expect(shown[part]).toContain('only for some')
    expect(hidden[part]).not.toContain('only for some')
    expect(hidden[part]).toContain('The same heading')
  }
})

test('a text part that was written by hand stays as it is', async () => {
  const byHand = 'By hand. {{ unsubscribe_url }} {{ shop.address }}'
  expect(designSource({ ...mailWith('words'), text: byHand }, defaultBrand).text).toBe(byHand)
})

test('a mail in the shop’s own colours keeps them, and turns with the reader’s screen', async () => {
  const brand = { ...defaultBrand, button: '#ffb000', buttonInk: '#21201d', card: '#fdf6e3' }
  const { mjml } = designSource(mailWith('words'), brand)
  expect(mjml).toContain('background-color="#ffb000"')
  expect(mjml).toContain('background-color="#fdf6e3"')
  expect(mjml).toContain('prefers-color-scheme: dark')
})

function mailWith(text: string): MailDesign {
  return newDesign({
    subject: 'Hello',
    previewText: text,
    about: 'checkout',
    blocks: [
      { kind: 'heading', text: 'The same heading' },
      { kind: 'text', text },
      { kind: 'button', label: text, url: 'https://a.example' },
      { kind: 'image', src: 'https://a.example/a.jpg', alt: text },
    ],
  })
}

async function filled(design: MailDesign, variables: TemplateVariables = sampleVariables) {
  const compiled = await compileTemplate(designSource(design, defaultBrand))
  if (!compiled.ok) throw new Error(compiled.error)
  const message = renderMessage(compiled.compiled, variables, { utm: { campaign: 'flow', content: 'mail' } })
  if (!message.ok) throw new Error(message.detail)
  return message
}

const markupOf = (html: string) => [...html.matchAll(/<(\/?[a-z][\w:]*)/gi)].map(([, tag]) => tag!.toLowerCase())

/** Tags with their attributes' names; the values, in which anything may stand, are left out. */
const tagsOf = (html: string) =>
  [...html.matchAll(/<[a-z][^\s>]*(?:"[^"]*"|'[^']*'|[^'">])*>/gi)].map(([tag]) =>
    tag.replace(/=\s*("[^"]*"|'[^']*')/g, '='),
  )
