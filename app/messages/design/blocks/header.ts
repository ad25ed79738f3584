// Who writes: the shop's logo, or its name, above the content.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('header'),
  shows: z.enum(['logo', 'name']).default('logo'),
})
type Header = z.output<typeof schema>

export const header: BlockKind<Header> & { schema: typeof schema } = {
  schema,
  zone: 'top',
  fields: { shows: { type: 'choice', options: ['logo', 'name'] } },
  blank: () => ({ kind: 'header', shows: 'logo' }),
  mjml({ shows }, { logo, palette, headingFont, attribute }) {
    const content =
      shows === 'logo' && logo
        ? `<mj-image src="${attribute(logo.url)}" alt="{{ shop.name }}" href="{{ shop.url }}" width="${logo.widthPx}px" padding="0 32px" />`
        : `<mj-text css-class="ink" align="center" font-family="${headingFont}" font-size="20px" line-height="1.3">
    <a href="{{ shop.url }}" style="color:${palette.ink};text-decoration:none">{{ shop.name }}</a>
  </mj-text>`
    return `<mj-section padding="32px 12px 24px"><mj-column>
  ${content}
</mj-column></mj-section>`
  },
  text: () => '',
}
