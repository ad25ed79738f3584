// Why the reader gets the mail, how to stop it, and who writes. Every mail ends with one: the law asks for it.
import { z } from 'zod'
import { type BlockKind, commonFields, type MailSubject } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('footer'),
  /** Why the reader gets this mail: one sentence. */
  reason: z.string().max(500),
  showIf: z.null().default(null),
})
type Footer = z.output<typeof schema>

export const footer: BlockKind<Footer> & { schema: typeof schema } = {
  schema,
  zone: 'bottom',
  fields: { reason: { type: 'line' } },
  blank: (about) => ({ kind: 'footer', reason: reasons[about] }),
  mjml({ reason }, look) {
    const { muted } = look.palette
    const small = `css-class="muted" align="center" color="${muted}" font-size="13px"`
    const link = `style="color:${muted};text-decoration:underline"`
    return `<mj-section padding="24px 12px 40px"><mj-column>
  <mj-text ${small} line-height="1.6" padding="0 16px">
    ${look.line(reason)}
  </mj-text>
  <mj-text ${small} line-height="2" padding="8px 16px">
    {% if message.is_marketing %}<a href="{{ unsubscribe_url }}" ${link}>Unsubscribe</a> &nbsp;·&nbsp; {% endif %}<a href="{{ preferences_url }}" ${link}>Choose what you get</a>
  </mj-text>
  <mj-text ${small} line-height="1.6" padding="0 16px">
    {{ shop.address }}
  </mj-text>
</mj-column></mj-section>`
  },
  text: ({ reason }, plain) => `--
{{ shop.name }}
{{ shop.url }}

${plain.line(reason)}
{% if message.is_marketing %}
Unsubscribe: {{ unsubscribe_url }}{% endif %}
Choose what you get: {{ preferences_url }}

{{ shop.address }}`,
}

const reasons: Record<MailSubject, string> = {
  checkout: 'You’re getting this because you began a checkout at {{ shop.name }} and didn’t finish it.',
  cart: 'You’re getting this because you put something in your cart at {{ shop.name }}.',
  order: 'You’re getting this because you ordered from {{ shop.name }} (order {{ order.name }}).',
  profile: 'You’re getting this because you signed up for news from {{ shop.name }}.',
}
