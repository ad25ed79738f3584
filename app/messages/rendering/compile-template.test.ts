// Saving a template: what cannot work is said at once, with the part and the line.
import { expect, test } from 'vitest'
import { compileTemplate } from './compile-template.server.ts'
import type { TemplateSource } from './template.ts'

test('MJML becomes html with the Liquid still in it', async () => {
  const { html } = await compiled(source({ mjml: document('<mj-text>Hello {{ profile.first_name }}</mj-text>') }))
  expect(html).toContain('Hello {{ profile.first_name }}')
  expect(html).toMatch(/^<!doctype html>/i)
})

test('the subject becomes the title and the preview text the preheader, both escaped around their Liquid', async () => {
  const { html } = await compiled(source({ subject: 'Q&A for {{ shop.name }}', previewText: 'a < b {{ shop.name }}' }))
  expect(html).toContain('<title>Q&amp;A for {{ shop.name }}</title>')
  expect(html).toContain('a &lt; b {{ shop.name }}')
})

test.each([
  ['Subject, line 1', source({ subject: '{% if %' })],
  ['Preview text, line 1', source({ previewText: '{{ shop.name | nonesuch }}' })],
  ['Content, line 3', source({ mjml: document('\n<mj-text>{% fro x in y %}</mj-text>') })],
  ['Plain text, line 2', source({ text: 'Hello\n{% if shop.name %}' })],
])('a Liquid mistake is found: %s', async (place, template) => {
  const result = await compileTemplate(template)
  expect(result).toMatchObject({ ok: false, error: expect.stringContaining(place) })
})

test('unknown MJML is refused with its line', async () => {
  const result = await compileTemplate(source({ mjml: document('\n<mj-text colour="red">Hello</mj-text>') }))
  expect(result).toMatchObject({ ok: false, error: expect.stringMatching(/^Content, line 3: <mj-text> .*colour/) })
})

test.each(['', 'Hello', '<p>Hello</p>', '<mjml></mjml>'])('what is no MJML document is refused: %j', async (mjml) => {
  expect(await compileTemplate(source({ mjml }))).toMatchObject({ ok: false })
})

test('Liquid that MJML would drop without a word is refused', async () => {
  const mjml = `<mjml><mj-body>
    {% if cart %}<mj-section><mj-column><mj-text>Hello</mj-text></mj-column></mj-section>{% endif %}
  </mj-body></mjml>`
  expect(await compileTemplate(source({ mjml }))).toMatchObject({
    ok: false,
    error: 'Content, line 2: put {% if cart %} inside <mj-raw>, MJML drops it here',
  })
})

test.each(['mj-include path="/etc/passwd"', 'mj-include path="./package.json"'])('no file is read: %s', async (tag) => {
  const result = await compileTemplate(source({ mjml: document(`<${tag} />`) }))
  expect(JSON.stringify(result)).not.toMatch(/root:|"name"/)
})

test.each(["{% render 'package.json' %}", "{% include 'package.json' %}", "{% layout 'package.json' %}"])(
  'a tag that reads files does not exist: %s',
  async (tag) => {
    expect(await compileTemplate(source({ text: tag }))).toMatchObject({ ok: false })
  },
)

function source(parts: Partial<TemplateSource>): TemplateSource {
  return { subject: 'Hello', previewText: '', mjml: document('<mj-text>Hello</mj-text>'), text: 'Hello', ...parts }
}

function document(content: string): string {
  return `<mjml><mj-body><mj-section><mj-column>
${content}</mj-column></mj-section></mj-body></mjml>`
}

async function compiled(template: TemplateSource) {
  const result = await compileTemplate(template)
  if (!result.ok) throw new Error(result.error)
  return result.compiled
}
