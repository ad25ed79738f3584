// The frame of every mail: the shop's name above, the content, and below who writes, why, and how to stop it.
import { mailStyles } from './dark-mode.ts'
import { lightPalette, SANS, SERIF } from './palette.ts'

type LayoutParts = {
  /** MJML elements that may stand in a column: what `heading`, `paragraph`, `itemList` and `button` return. */
  body: string[]
  /** Why the reader gets this mail: one sentence, Liquid allowed. */
  reason: string
}

/** A whole MJML document. The shipped texts are English; `lang` tells screen readers so. */
export function layout({ body, reason }: LayoutParts): string {
  return `<mjml lang="en" dir="ltr">
<mj-head>
  <mj-raw>
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
  </mj-raw>
  <mj-attributes>
    <mj-all font-family="${SANS}" />
    <mj-text color="${lightPalette.ink}" font-size="16px" line-height="1.6" padding="0 32px" />
    <mj-section padding="0" />
  </mj-attributes>
  <mj-style>${mailStyles()}</mj-style>
</mj-head>
<mj-body width="600px" background-color="${lightPalette.page}" css-class="page">
${header()}
<mj-wrapper css-class="card" background-color="${lightPalette.card}" border-radius="14px" padding="40px 12px">
  <mj-section><mj-column>
${body.join('\n')}
  </mj-column></mj-section>
</mj-wrapper>
${footer(reason)}
</mj-body>
</mjml>`
}

function header(): string {
  return `<mj-section padding="32px 12px 24px"><mj-column>
  <mj-text css-class="ink" align="center" font-family="${SERIF}" font-size="20px" line-height="1.3">
    <a href="{{ shop.url }}" style="color:${lightPalette.ink};text-decoration:none">{{ shop.name }}</a>
  </mj-text>
</mj-column></mj-section>`
}

function footer(reason: string): string {
  const link = `style="color:${lightPalette.muted};text-decoration:underline"`
  return `<mj-section padding="24px 12px 40px"><mj-column>
  <mj-text css-class="muted" align="center" color="${lightPalette.muted}" font-size="13px" line-height="1.6" padding="0 16px">
    ${reason}
  </mj-text>
  <mj-text css-class="muted" align="center" color="${lightPalette.muted}" font-size="13px" line-height="2" padding="8px 16px">
    {% if message.is_marketing %}<a href="{{ unsubscribe_url }}" ${link}>Unsubscribe</a> &nbsp;·&nbsp; {% endif %}<a href="{{ preferences_url }}" ${link}>Choose what you get</a>
  </mj-text>
  <mj-text css-class="muted" align="center" color="${lightPalette.muted}" font-size="13px" line-height="1.6" padding="0 16px">
    {{ shop.address }}
  </mj-text>
</mj-column></mj-section>`
}
