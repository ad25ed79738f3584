// Makes a design into the four parts that are compiled and kept: MJML with Liquid, and the same in plain text.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import type { Brand } from '#app/shops/brand.ts'
import type { MailLook, PlainWords } from './block-kind.ts'
import { type Block, kindOfBlock } from './blocks/registry.ts'
import { mailStyles } from './dark-mode.ts'
import { attributeText, inlineHtml, inlinePlain, paragraphsHtml, plainAddress, soundLine } from './inline-text.ts'
import type { MailDesign } from './mail-design.ts'
import { darkPalette, fontStacks, lightPalette, type Palette } from './palette.ts'
import { shownWhen } from './shown-when.ts'

/** The source of a mail. Whatever is typed into its fields, it compiles: a field that is not sound shows itself. */
export function designSource(design: MailDesign, brand: Brand): TemplateSource {
  return {
    subject: soundLine(design.subject),
    previewText: soundLine(design.previewText),
    mjml: designMjml(design, design.style ?? brand),
    text: design.text?.trim() || designText(design.blocks),
    design,
  }
}

/** The text part as the blocks make it. */
export function designText(blocks: readonly Block[]): string {
  const parts = blocks.map((block) => shownWhen(block, kindOfBlock(block).text(block, plain).trim(), 'text'))
  return `${parts.filter((part) => part !== '').join('\n\n')}\n`
}

function designMjml({ blocks, language }: MailDesign, brand: Brand): string {
  const look = lookOf(brand)
  const { palette } = look
  const frame = (zone: 'top' | 'bottom') => blocks.filter((block) => kindOfBlock(block).zone === zone)
  const framed = (block: Block) => shownWhen(block, kindOfBlock(block).mjml(block, look), 'mjml')
  return `<mjml lang="${language}" dir="ltr">
${head(look, darkPalette(brand))}
<mj-body width="600px" background-color="${palette.page}" css-class="page">
${frame('top').map(framed).join('\n')}
<mj-wrapper css-class="card" background-color="${palette.card}" border-radius="${look.corners}px" padding="40px 12px">
${sections(blocks, look)}
</mj-wrapper>
${frame('bottom').map(framed).join('\n')}
</mj-body>
</mjml>`
}

function head({ palette, bodyFont }: MailLook, dark: Palette): string {
  return `<mj-head>
  <mj-raw>
    <meta name="color-scheme" content="light dark" />
    <meta name="supported-color-schemes" content="light dark" />
    <meta name="format-detection" content="telephone=no, date=no, address=no, email=no" />
  </mj-raw>
  <mj-attributes>
    <mj-all font-family="${bodyFont}" />
    <mj-text color="${palette.ink}" font-size="16px" line-height="1.6" padding="0 32px" />
    <mj-section padding="0" />
  </mj-attributes>
  <mj-style>${mailStyles(dark)}</mj-style>
</mj-head>`
}

/** Blocks that follow each other share one section; one that takes the whole width stands between two. */
function sections(blocks: readonly Block[], look: MailLook): string {
  const runs: { isSection: boolean; parts: string[] }[] = []
  for (const block of blocks) {
    const { zone, mjml } = kindOfBlock(block)
    if (zone === 'top' || zone === 'bottom') continue
    const part = shownWhen(block, mjml(block, look), 'mjml')
    const last = runs.at(-1)
    if (zone === 'content' && last && !last.isSection) last.parts.push(part)
    else runs.push({ isSection: zone === 'section', parts: [part] })
  }
  if (runs.length === 0) return column([])
  return runs.map(({ isSection, parts }) => (isSection ? parts.join('\n') : column(parts))).join('\n')
}

const column = (parts: readonly string[]) => `<mj-section><mj-column>
${parts.join('\n')}
</mj-column></mj-section>`

function lookOf(brand: Brand): MailLook {
  const palette = lightPalette(brand)
  const linkStyle = `color:${palette.ink};text-decoration:underline`
  return {
    palette,
    headingFont: fontStacks[brand.headingFont],
    bodyFont: fontStacks[brand.bodyFont],
    corners: brand.corners,
    linkStyle,
    logo: brand.logo,
    line: (text) => inlineHtml(text, linkStyle),
    paragraphs: (text) => paragraphsHtml(text, linkStyle),
    attribute: attributeText,
  }
}

const plain: PlainWords = { line: inlinePlain, bare: soundLine, address: (url) => plainAddress(soundLine(url)) }
