// The marks of a text field: **bold**, *italic*, [words](address), a line that begins with "- ", an empty line for a new
// paragraph. Everything else is shown as it was typed; Liquid stays Liquid.
import { type Piece, soundPieces } from './liquid-field.ts'

/** One line of html; links get `linkStyle`. */
export function inlineHtml(text: string, linkStyle: string): string {
  return restored(soundPieces(text, 'running'), (masked) => marksToHtml(escapeHtml(masked), linkStyle))
}

/** Paragraphs and lists in html. */
export function paragraphsHtml(text: string, linkStyle: string): string {
  return restored(soundPieces(text, 'running'), (masked) => {
    const blocks = masked.split(/\n{2,}/).filter((block) => block.trim() !== '')
    return blocks.map((block, index) => blockHtml(block, linkStyle, index === blocks.length - 1)).join('\n')
  })
}

/** The same for a text part: links become "words (address)". */
export function inlinePlain(text: string): string {
  return restored(soundPieces(text, 'running'), (masked) =>
    masked
      .replace(LINK, (_, label: string, url: string) => (label === url ? url : `${label} (${plainAddress(url)})`))
      .replace(BOLD, '$1')
      .replace(ITALIC, '$1'),
  )
}

/** For an attribute of an element: escaped, its Liquid in single quotes. */
export function attributeText(text: string): string {
  return restored(soundPieces(text.replace(/\s*\n\s*/g, ' ').trim(), 'attribute'), escapeHtml)
}

/** One line whose Liquid is sound, and nothing else changed: a subject, or an address in a text part. */
export function soundLine(text: string): string {
  return restored(soundPieces(text.replace(/\s*\n\s*/g, ' ').trim(), 'running'), (masked) => masked)
}

/** What people can use of an address: of a mail's address, only who gets it. */
export function plainAddress(url: string): string {
  return url.startsWith('mailto:') ? url.slice('mailto:'.length).replace(/\?[\s\S]*$/, '') : url
}

// Stand-ins for Liquid while marks are read: two characters around the piece's number, of one kind for outputs and of
// another for tags, which must not stand inside marks: half of a mark could be left out.
const OUTPUT = ['\ue000', '\ue001'] as const
const TAG = ['\ue002', '\ue003'] as const
const BOLD = /\*\*([^*\n\ue002]+)\*\*/g
const ITALIC = /(?<![*\w])\*([^*\s\ue002](?:[^*\n\ue002]*[^*\s\ue002])?)\*(?![*\w])/g
const LINK = /\[([^[\]\n\ue002]{1,300})\]\(([^()\s\ue002]{1,1000})\)/g

function restored(pieces: readonly Piece[], change: (masked: string) => string): string {
  const masked = pieces.map(({ kind, text }, index) => {
    if (kind === 'words') return text
    const [open, close] = kind === 'tag' ? TAG : OUTPUT
    return `${open}${index}${close}`
  })
  return change(masked.join('')).replace(
    /[\ue000\ue002](\d+)[\ue001\ue003]/g,
    (_, index) => pieces[Number(index)]!.text,
  )
}

function blockHtml(block: string, linkStyle: string, isLast: boolean): string {
  const margin = isLast ? 'margin:0' : 'margin:0 0 16px'
  const lines = block.trim().split('\n')
  if (lines.every((line) => line.startsWith('- '))) {
    const items = lines.map((line) => `<li>${marksToHtml(escapeHtml(line.slice(2)), linkStyle)}</li>`)
    return `<ul style="${margin};padding-left:24px">${items.join('')}</ul>`
  }
  return `<p style="${margin}">${lines.map((line) => marksToHtml(escapeHtml(line), linkStyle)).join('<br />')}</p>`
}

function marksToHtml(escaped: string, linkStyle: string): string {
  return escaped
    .replace(LINK, (_, label: string, url: string) => `<a href="${url}" style="${linkStyle}">${label}</a>`)
    .replace(BOLD, '<strong>$1</strong>')
    .replace(ITALIC, '<em>$1</em>')
}

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}
