// What every mail that Tern ships promises, whatever the data it is filled with.
import { describe, expect, test } from 'vitest'
import { designSource } from '#app/messages/design/design-source.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import { compileTemplate } from '#app/messages/rendering/compile-template.server.ts'
import { proveTemplate } from '#app/messages/rendering/prove-template.server.ts'
import { renderMessage } from '#app/messages/rendering/render-message.ts'
import { minimalSampleVariables, sampleVariables } from '#app/messages/rendering/sample-variables.ts'
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import type { TemplateVariables } from '#app/messages/rendering/variables.ts'
import { defaultBrand } from '#app/shops/brand.ts'
import { abandonedCartMails } from './abandoned-cart/mails.ts'
import { abandonedCheckoutMails } from './abandoned-checkout/mails.ts'
import { postPurchaseMails } from './post-purchase/mails.ts'
import { welcomeMails } from './welcome/mails.ts'
import { winBackMails } from './win-back/mails.ts'

const GMAIL_CLIP_BYTES = 102_000
const forgingSigns = ['\u0000', '\u202e']
const nastyTexts = [
  '<script>alert(1)</script>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{{ shop.email }}{% raw %}',
  'Ada\r\nBcc: everyone@example.com',
  '\u202eevil\u0000',
  'A'.repeat(10_000),
]

const shippedMails: [string, TemplateSource][] = [
  ...mailsOf('abandoned-checkout', abandonedCheckoutMails),
  ...mailsOf('abandoned-cart', abandonedCartMails),
  ...mailsOf('welcome', welcomeMails),
  ...mailsOf('post-purchase', postPurchaseMails),
  ...mailsOf('win-back', winBackMails),
]

describe.each(shippedMails)('%s', (_name, source) => {
  test('compiles and is proved', async () => {
    expect(await proveTemplate(await compiled(source), sampleVariables)).toEqual({ ok: true })
  })

  test.each([
    ['full', sampleVariables],
    ['minimal', minimalSampleVariables],
    ['eighty products', withManyItems(sampleVariables)],
  ])('with %s data it is complete, legal, accessible and small', async (_data, variables) => {
    const { subject, html, text } = await rendered(source, variables)
    for (const part of [subject, html, text]) expect(part).not.toMatch(/\{\{|\{%|undefined|null|\[object| ,/)
    for (const part of [html, text]) {
      expect(part).toContain(variables.shop.address.replaceAll('&', part === html ? '&amp;' : '&'))
      expect(part).toContain(variables.unsubscribe_url)
      expect(part).toContain(variables.preferences_url)
    }
    expect(html).toContain('<html lang="en" dir="ltr"')
    expect(html.match(/<h1\b/g)).toHaveLength(1)
    for (const image of html.match(/<img\b[^>]*>/g) ?? []) expect(image).toMatch(/\salt="[^"]+"/)
    expect(Buffer.byteLength(html)).toBeLessThan(GMAIL_CLIP_BYTES)
    expect(html).not.toContain('fonts.googleapis')
  })

  test.each(nastyTexts)('the text %j changes no markup, even where it was not cleaned before', async (nasty) => {
    const harmless = await rendered(source, withTexts(sampleVariables, 'harmless'))
    const attacked = await rendered(source, withTexts(sampleVariables, nasty))
    expect(markupOf(attacked.html)).toEqual(markupOf(harmless.html))
    for (const sign of ['\r', '\n', ...forgingSigns]) expect(attacked.subject).not.toContain(sign)
    expect(attacked.subject.length).toBeLessThanOrEqual(200)
    for (const sign of forgingSigns) expect(attacked.html + attacked.text).not.toContain(sign)
  })
})

function mailsOf(flow: string, mails: Record<string, MailDesign>): [string, TemplateSource][] {
  return Object.entries(mails).map(([key, design]) => [`${flow}: ${key}`, designSource(design, defaultBrand)])
}

async function compiled(source: TemplateSource) {
  const result = await compileTemplate(source)
  if (!result.ok) throw new Error(result.error)
  return result.compiled
}

async function rendered(source: TemplateSource, variables: TemplateVariables) {
  const message = renderMessage(await compiled(source), variables, { utm: { campaign: 'flow', content: 'mail' } })
  if (!message.ok) throw new Error(message.detail)
  return message
}

// Names of tags and attributes in order: what a text that breaks out of its place would change.
function markupOf(html: string): string[] {
  return [...html.matchAll(/<\/?([a-z][\w:]*)((?:"[^"]*"|'[^']*'|[^'">])*)>/gi)].map(
    ([, tag, attributes = '']) => `${tag} ${attributes.replace(/=\s*("[^"]*"|'[^']*')/g, '')}`,
  )
}

function withTexts(variables: TemplateVariables, text: string): TemplateVariables {
  const replaced = (basket: NonNullable<TemplateVariables['order']>) => ({
    ...basket,
    name: text,
    total: text,
    items: basket.items.map((item) => ({ ...item, title: text, variant_title: text, price: text, line_price: text })),
  })
  const { checkout, cart, order } = variables
  if (!checkout || !cart || !order) throw new Error('the sample lacks a basket')
  return {
    ...variables,
    shop: { ...variables.shop, name: text },
    profile: { ...variables.profile, first_name: text, last_name: text },
    checkout: { ...checkout, ...replaced({ ...checkout, name: '', is_first: true }) },
    cart: { ...cart, ...replaced({ ...cart, name: '', is_first: true }) },
    order: replaced(order),
  }
}

function withManyItems(variables: TemplateVariables): TemplateVariables {
  const items = Array.from({ length: 80 }, () => variables.order?.items ?? [])
    .flat()
    .slice(0, 80)
  const many = { items, item_count: 80 }
  const { checkout, cart, order } = variables
  if (!checkout || !cart || !order) throw new Error('the sample lacks a basket')
  return { ...variables, checkout: { ...checkout, ...many }, cart: { ...cart, ...many }, order: { ...order, ...many } }
}
