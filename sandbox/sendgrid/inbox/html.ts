// Writes HTML in which everything is escaped unless it was written by this same function.

/** Markup that is safe to put on a page. */
export class SafeHtml {
  readonly markup: string
  constructor(markup: string) {
    this.markup = markup
  }
}

type Piece = SafeHtml | string | number | null | false | Piece[]

/** A tagged template: text put into it is escaped, `SafeHtml` is not, lists are joined, null and false vanish. */
export function html(strings: TemplateStringsArray, ...pieces: Piece[]): SafeHtml {
  const parts = strings.map((text, index) => (index === 0 ? text : markupOf(pieces[index - 1]!) + text))
  return new SafeHtml(parts.join(''))
}

/** Escapes text for element content and quoted attributes. */
export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`)
}

function markupOf(piece: Piece): string {
  if (piece === null || piece === false) return ''
  if (Array.isArray(piece)) return piece.map(markupOf).join('')
  return piece instanceof SafeHtml ? piece.markup : escapeHtml(String(piece))
}
