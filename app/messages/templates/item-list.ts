// The products of a basket or an order: picture, name, how many, what they cost.
import { lightPalette } from './palette.ts'

type ItemSource = 'checkout' | 'cart' | 'order'

/** An MJML table of the first products, with prices and total unless `hasPrices` is false. */
export function itemList(source: ItemSource, { hasPrices = true } = {}): string {
  return `<mj-table css-class="ink" color="${lightPalette.ink}" font-size="15px" line-height="1.45" padding="8px 32px 20px">
{%- for item in ${source}.items limit: ${SHOWN_COUNT} %}
<tr>
  <td class="line" width="72" style="width:72px;padding:14px 0;border-top:${BORDER};vertical-align:top">${picture()}</td>
  <td class="line" style="padding:14px 16px;border-top:${BORDER};vertical-align:top;word-break:break-word">${description(hasPrices)}</td>
  ${hasPrices ? priceCell('{{ item.line_price }}') : ''}
</tr>
{%- endfor %}
${moreRow(source)}
${hasPrices ? totalRow(source) : ''}
</mj-table>`
}

/** The same list for the text part. */
export function itemListText(source: ItemSource, { hasPrices = true } = {}): string {
  return `
{% for item in ${source}.items limit: ${SHOWN_COUNT} %}
- {% if item.quantity > 1 %}{{ item.quantity }} × {% endif %}{{ item.title }}{% if item.variant_title != blank %} ({{ item.variant_title }}){% endif %}${hasPrices ? ': {{ item.line_price }}' : ''}
{%- endfor %}
{%- if ${source}.items.size > ${SHOWN_COUNT} %}
- and {{ ${source}.items.size | minus: ${SHOWN_COUNT} }} more
{%- endif %}
${hasPrices ? `\nTotal: {{ ${source}.total }}` : ''}`
}

// More would push the mail past the size at which Gmail cuts it off, and nobody reads them.
const SHOWN_COUNT = 6
const BORDER = `1px solid ${lightPalette.line}`

function picture(): string {
  const image =
    '<img src="{{ item.image_url }}" alt="{{ item.title }}" width="72" style="display:block;width:72px;height:auto;border-radius:8px" />'
  const initial = `<div class="tile" aria-hidden="true" style="width:72px;height:72px;line-height:72px;border-radius:8px;background-color:${lightPalette.tile};text-align:center;font-size:24px">{{ item.title | slice: 0 | upcase }}</div>`
  return `{% if item.image_url %}${linked(image)}{% else %}${initial}{% endif %}`
}

function description(hasPrices: boolean): string {
  const title = linked('{{ item.title }}', `style="color:${lightPalette.ink};text-decoration:none"`)
  const detail = `class="muted" style="color:${lightPalette.muted};font-size:14px"`
  const quantity = hasPrices ? '{{ item.quantity }} × {{ item.price }}' : 'Quantity: {{ item.quantity }}'
  return `${title}
{%- if item.variant_title != blank %}<br /><span ${detail}>{{ item.variant_title }}</span>{% endif %}
{%- if item.quantity > 1 %}<br /><span ${detail}>${quantity}</span>{% endif %}`
}

function priceCell(price: string, style = ''): string {
  return `<td class="line" align="right" style="padding:14px 0;border-top:${BORDER};vertical-align:top;white-space:nowrap;${style}">${price}</td>`
}

function totalRow(source: ItemSource): string {
  return `<tr>
  <td class="line" colspan="2" style="padding:14px 0 0;border-top:${BORDER};font-weight:600">Total</td>
  ${priceCell(`{{ ${source}.total }}`, 'padding-bottom:0;font-weight:600')}
</tr>`
}

function linked(content: string, attributes = ''): string {
  return `{% if item.url %}<a href="{{ item.url }}" ${attributes}>${content}</a>{% else %}${content}{% endif %}`
}

function moreRow(source: ItemSource): string {
  return `{%- if ${source}.items.size > ${SHOWN_COUNT} %}
<tr><td class="line muted" colspan="3" style="padding:14px 0;border-top:${BORDER};color:${lightPalette.muted}">and {{ ${source}.items.size | minus: ${SHOWN_COUNT} }} more</td></tr>
{%- endif %}`
}
