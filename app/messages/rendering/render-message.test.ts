// Filling a template: bounded, escaped, and the same for the same input.
import { expect, test } from 'vitest'
import { renderMessage } from './render-message.ts'
import { sampleVariables } from './sample-variables.ts'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

const utm = { campaign: 'welcome', content: 'hello' }

test('each output is escaped in html and plain in subject and text', () => {
  const named = withFirstName('"><img src=x onerror=alert(1)> & co')
  const message = rendered(everywhere('{{ profile.first_name }}'), named)
  expect(message.html).toBe('&quot;&gt;&lt;img src=x onerror=alert(1)&gt; &amp; co')
  expect(message.subject).toBe('"><img src=x onerror=alert(1)> & co')
  expect(message.text).toBe('"><img src=x onerror=alert(1)> & co\n')
})

test('the filter `escape` escapes once, not twice', () => {
  expect(rendered(everywhere('{{ profile.first_name | escape }}'), withFirstName('A&B')).html).toBe('A&amp;B')
})

test.each(['raw', 'json', 'inspect'])('the filter `%s`, which would switch escaping off, does not exist', (filter) => {
  const message = renderMessage(everywhere(`{{ profile.first_name | ${filter} }}`), sampleVariables, { utm })
  expect(message).toMatchObject({ ok: false, reason: 'render_failed' })
})

test('Liquid in a name is not run', () => {
  expect(rendered(everywhere('{{ profile.first_name }}'), withFirstName('{{ shop.email }}')).text).toBe(
    '{{ shop.email }}\n',
  )
})

test('a subject is one line without controls, of at most 200 characters', () => {
  const { subject } = rendered(everywhere('Hi {{ profile.first_name }}'), withFirstName('a\r\nBcc: x\u0000\u202e'))
  expect(subject).toBe('Hi a Bcc: x')
  expect(rendered(everywhere('{{ profile.first_name }}'), withFirstName('x'.repeat(9_999))).subject).toHaveLength(200)
})

test('an empty subject fails', () => {
  const message = renderMessage(everywhere('{{ nothing }}'), sampleVariables, { utm })
  expect(message).toEqual({ ok: false, reason: 'render_failed', detail: 'the subject is empty' })
})

test('only own properties of the variables can be read', () => {
  const probe = everywhere('x{{ shop.constructor }}{{ shop.name.constructor }}{{ shop.__proto__ }}')
  expect(rendered(probe, sampleVariables).text).toBe('x\n')
})

test('an output past 1 MB fails', () => {
  const template = everywhere(`{% for i in (1..60) %}${'x'.repeat(20_000)}{% endfor %}`)
  expect(renderMessage(template, sampleVariables, { utm })).toMatchObject({ ok: false })
})

test('the same input gives the same mail, whether parsed for the first time or kept', () => {
  const template = everywhere('Hello {{ profile.first_name }}')
  expect(rendered(template, sampleVariables)).toEqual(rendered({ ...template }, sampleVariables))
})

function everywhere(part: string): CompiledTemplate {
  return { subject: part, html: part, text: part }
}

function withFirstName(first_name: string): TemplateVariables {
  return { ...sampleVariables, profile: { ...sampleVariables.profile, first_name } }
}

function rendered(template: CompiledTemplate, variables: TemplateVariables) {
  const message = renderMessage(template, variables, { utm })
  if (!message.ok) throw new Error(message.detail)
  return message
}
