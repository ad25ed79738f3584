// Liquid inside one field of a block: what is allowed there, and how a field that is not sound is kept from spoiling the mail.
import { liquidFailure } from '#app/messages/rendering/fill.ts'
import { textLiquid } from '#app/messages/rendering/liquid.ts'

/** One piece of a field: words, or a Liquid tag or output as it was written. */
export interface Piece {
  kind: 'words' | 'output' | 'tag'
  text: string
}

/** Whether a field is one line of an attribute (a link, an alternative text) or running text. */
export type FieldPlace = 'running' | 'attribute'

/** What is wrong with a field's Liquid, with the line where there is one; null when nothing is. */
export function liquidProblem(text: string, place: FieldPlace): string | null {
  for (const { kind, text: piece } of piecesOf(text)) {
    if (kind === 'words') continue
    const tag = kind === 'tag' ? (/^\{%-?\s*([\w#]*)/.exec(piece)?.[1] ?? '') : null
    if (tag !== null && !ALLOWED_TAGS.has(tag)) return `{% ${tag} %} can’t be used in a block`
    if (/<[a-z/!?]/i.test(piece)) return `${piece} holds markup`
    if (place === 'attribute' && piece.includes('"') && piece.includes("'")) return `${piece} mixes " and '`
  }
  try {
    textLiquid.parse(text)
    return null
  } catch (error) {
    const message = liquidFailure(error)
    if (message === null) throw error
    return message.replace(/, line:(\d+), col:\d+[\s\S]*$/, ' (line $1)')
  }
}

/** The field in pieces. One that is not sound becomes words that show what was typed. */
export function soundPieces(text: string, place: FieldPlace): Piece[] {
  const clean = text.replace(PRIVATE_USE, '')
  if (liquidProblem(clean, place) !== null) return shownAsTyped(clean)
  const pieces = piecesOf(clean)
  return place === 'running' ? pieces : pieces.map(forAttribute)
}

// Bounded, so that a text full of openings without an end is not searched to its end from each of them.
const LIQUID = /(\{\{[\s\S]{0,900}?\}\}|\{%[\s\S]{0,900}?%\})/
const OPENING = /(\{\{|\{%)/
// Those that neither set what other blocks read nor end the mail.
const ALLOWED_TAGS = new Set(
  'if elsif else endif unless endunless case when endcase for endfor comment endcomment'.split(' '),
)
/** Stand-ins for pieces while marks are read; nobody types them. */
const PRIVATE_USE = /[\ue000-\ue00f]/g

function piecesOf(text: string): Piece[] {
  return text
    .split(LIQUID)
    .map((piece, index): Piece => {
      if (index % 2 === 0) return { kind: 'words', text: piece }
      return { kind: piece.startsWith('{%') ? 'tag' : 'output', text: piece }
    })
    .filter(({ text: piece }) => piece !== '')
}

/** `{{` as an output that prints `{{`: the mail shows the mistake, and is otherwise whole. */
function shownAsTyped(text: string): Piece[] {
  return text
    .split(OPENING)
    .filter((piece) => piece !== '')
    .map((piece): Piece => (OPENING.test(piece) ? printed(piece) : { kind: 'words', text: piece }))
}

const printed = (opening: string): Piece => ({ kind: 'output', text: `{{ '${opening}' }}` })

function forAttribute({ kind, text }: Piece): Piece {
  return { kind, text: kind === 'words' ? text : text.replaceAll('"', "'") }
}
