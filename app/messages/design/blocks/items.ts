// The products of the checkout, cart or order that the mail is about: picture, name, how many, what they cost.
import { z } from 'zod'
import { type BlockKind, commonFields } from '#app/messages/design/block-kind.ts'
import type { Palette } from '#app/messages/design/palette.ts'

const schema = z.strictObject({
  ...commonFields,
  kind: z.literal('items'),
  of: z.enum(['checkout', 'cart', 'order']),
  hasPrices: z.boolean().default(true),
  /** More push a mail past the size at which Gmail cuts it off, and nobody reads them. */
  limit: z.int().min(1).max(12).default(6),
})
type Items = z.output<typeof schema>

export const items: BlockKind<Items> & { schema: typeof schema } = {
  schema,
  zone: 'content',
  fields: {
    of: { type: 'choice', options: ['checkout', 'cart', 'order'] },
    hasPrices: { type: 'toggle' },
    limit: { type: 'number', min: 1, max: 12, step: 1 },
  },
  blank: (about) => ({ kind: 'items', of: about === 'profile' ? 'cart' : about, hasPrices: true, limit: 6 }),
  mjml({ of, hasPrices, limit }, { palette, corners }) {
    const border = `1px solid ${palette.line}`
    return `<mj-table css-class="ink" color="${palette.ink}" font-size="15px" line-height="1.45" padding="8px 32px 20px">
{%- for item in ${of}.items limit: ${limit} %}
<tr>
  <td class="line" width="72" style="width:72px;padding:14px 0;border-top:${border};vertical-align:top">${picture(palette, corners)}</td>
  <td class="line" style="padding:14px 16px;border-top:${border};vertical-align:top;word-break:break-word">${description(palette, hasPrices)}</td>
  ${hasPrices ? priceCell('{{ item.line_price }}', border) : ''}
</tr>
{%- endfor %}
${moreRow({ of, limit }, palette, border)}
${hasPrices ? totalRow(of, border) : ''}
</mj-table>`
  },
  text: ({ of, hasPrices, limit }) => `{% for item in ${of}.items limit: ${limit} %}
- {% if item.quantity > 1 %}{{ item.quantity }} × {% endif %}{{ item.title }}{% if item.variant_title != blank %} ({{ item.variant_title }}){% endif %}${hasPrices ? ': {{ item.line_price }}' : ''}
{%- endfor %}
{%- if ${of}.items.size > ${limit} %}
- and {{ ${of}.items.size | minus: ${limit} }} more
{%- endif %}
${hasPrices ? `\nTotal: {{ ${of}.total }}` : ''}`,
}

function picture(palette: Palette, corners: number): string {
  const radius = `border-radius:${Math.round(corners * 0.7)}px`
  const image = `<img src="{{ item.image_url }}" alt="{{ item.title }}" width="72" style="display:block;width:72px;height:auto;${radius}" />`
  const initial = `<div class="tile" aria-hidden="true" style="width:72px;height:72px;line-height:72px;${radius};background-color:${palette.tile};text-align:center;font-size:24px">{{ item.title | slice: 0 | upcase }}</div>`
  return `{% if item.image_url %}${linked(image)}{% else %}${initial}{% endif %}`
}

function description({ ink, muted }: Palette, hasPrices: boolean): string {
  const title = linked('{{ item.title }}', `style="color:${ink};text-decoration:none"`)
  const detail = `class="muted" style="color:${muted};font-size:14px"`
  const quantity = hasPrices ? '{{ item.quantity }} × {{ item.price }}' : 'Quantity: {{ item.quantity }}'
  return `${title}
{%- if item.variant_title != blank %}<br /><span ${detail}>{{ item.variant_title }}</span>{% endif %}
{%- if item.quantity > 1 %}<br /><span ${detail}>${quantity}</span>{% endif %}`
}

function priceCell(price: string, border: string, style = ''): string {
  return `<td class="line" align="right" style="padding:14px 0;border-top:${border};vertical-align:top;white-space:nowrap;${style}">${price}</td>`
}

function totalRow(of: Items['of'], border: string): string {
  return `<tr>
  <td class="line" colspan="2" style="padding:14px 0 0;border-top:${border};font-weight:600">Total</td>
  ${priceCell(`{{ ${of}.total }}`, border, 'padding-bottom:0;font-weight:600')}
</tr>`
}

function linked(content: string, attributes = ''): string {
  return `{% if item.url %}<a href="{{ item.url }}" ${attributes}>${content}</a>{% else %}${content}{% endif %}`
}

function moreRow({ of, limit }: Pick<Items, 'of' | 'limit'>, { muted }: Palette, border: string): string {
  return `{%- if ${of}.items.size > ${limit} %}
<tr><td class="line muted" colspan="3" style="padding:14px 0;border-top:${border};color:${muted}">and {{ ${of}.items.size | minus: ${limit} }} more</td></tr>
{%- endif %}`
}
