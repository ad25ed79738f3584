// Mails of blocks for tests: any arrangement, with any text in its fields, also what nobody in their right mind types.
import fc from 'fast-check'
import { type MailDesign, mailDesignSchema } from '#app/messages/design/mail-design.ts'

/** What breaks markup, Liquid or both, when it is let through. */
export const nastyTexts = [
  '<script>alert(1)</script>',
  '</mj-text></mj-column><mj-raw>',
  '"><img src=x onerror=alert(1)>',
  "' onmouseover='alert(1)",
  '{% if',
  '{{ shop.name',
  '{% endif %}{% endunless %}',
  '{% break %}',
  '{% raw %}{{',
  '{% assign unsubscribe_url = "x" %}{% capture shop %}{% endcapture %}',
  '{% comment %}',
  '{{ "</mj-text><script>" }}',
  `{{ shop.name | append: "'" | append: '"' }}`,
  '{% if profile.first_name == "a" %}**b{% endif %}**',
  '[a](javascript:alert(1)) [b]("onclick=x) **c** *d*',
  '- one\n- two\n\n{% unless x %}three\n\nfour{% endunless %}',
  '\ue0000\ue001 & &amp; &#123;% %} }} \u202e',
  '{{ shop.nonesuch | nonesuch }}',
  '-- > --> <!-- ]]>',
]

const words = fc.oneof(
  fc.constantFrom(...nastyTexts),
  fc.constantFrom('Hello {{ profile.first_name | default: "there" }},', 'A plain sentence.', ''),
  fc.string({ maxLength: 60 }),
  fc
    .array(
      fc.constantFrom('{{', '}}', '{%', '%}', '"', "'", '<', '>', '*', '[', ']', '(', ')', ' if x ', ' endif ', '\n'),
      {
        maxLength: 12,
      },
    )
    .map((parts) => parts.join('')),
)
const line = words.map((text) => text.slice(0, 200))
const showIf = fc.constantFrom(null, { all: [] })

const content = fc.oneof(
  fc.record({ kind: fc.constant('heading'), text: line, size: fc.constantFrom('large', 'medium') }),
  fc.record({ kind: fc.constant('text'), text: words, tone: fc.constantFrom('normal', 'quiet') }),
  fc.record({ kind: fc.constant('image'), src: line, alt: line, url: line, isOrnament: fc.boolean() }),
  fc.record({ kind: fc.constant('button'), label: line, url: line }),
  fc.record({ kind: fc.constant('product'), title: line, note: line, src: line, url: line, label: line }),
  fc.record({ kind: fc.constant('divider') }),
  fc.record({ kind: fc.constant('spacer') }),
  fc.record({
    kind: fc.constant('social'),
    links: fc.array(fc.record({ network: fc.constantFrom('Instagram', 'X'), url: line }), { maxLength: 2 }),
  }),
)
const column = fc.array(fc.tuple(content, showIf), { maxLength: 3 })
const body = fc.oneof(
  { weight: 4, arbitrary: content },
  { weight: 1, arbitrary: fc.record({ kind: fc.constant('items'), of: fc.constantFrom('checkout', 'cart', 'order') }) },
  {
    weight: 1,
    arbitrary: fc.record({ kind: fc.constant('columns'), columns: fc.array(column, { minLength: 2, maxLength: 3 }) }),
  },
)

/** Any design that its schema lets through. */
export const anyDesign: fc.Arbitrary<MailDesign> = fc
  .record({
    subject: line,
    previewText: line,
    reason: line,
    hasHeader: fc.boolean(),
    body: fc.array(fc.tuple(body, showIf), { maxLength: 6 }),
  })
  .map(({ subject, previewText, reason, hasHeader, body }) => {
    let last = 0
    const named = (block: object, condition: unknown): object => {
      last += 1
      const own = { ...block, id: `b${last}`, showIf: condition }
      if (!('columns' in block) || !Array.isArray(block.columns)) return own
      const columns = block.columns.map((inner: [object, unknown][]) => inner.map(([each, when]) => named(each, when)))
      return { ...own, columns }
    }
    const blocks = body.map(([block, condition]) => named(block, condition))
    const header = hasHeader ? [named({ kind: 'header' }, null)] : []
    return mailDesignSchema.parse({
      subject: subject.trim() || 'Hello',
      previewText,
      blocks: [...header, ...blocks, named({ kind: 'footer', reason }, null)],
    })
  })
