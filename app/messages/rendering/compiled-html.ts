// What a compiled html part still needs, and what MJML may have dropped on the way.

/** Puts the title and the preheader (the line that inboxes show beside the subject) where mail programs look. */
export function insertHead(html: string, { title, preheader }: { title: string; preheader: string }): string {
  const titled = html.replace(/<title>\s*<\/title>/, () => `<title>${title}</title>`)
  if (preheader === '') return titled
  return titled.replace(/<body\b[^>]*>/, (body) => `${body}\n<div style="${HIDDEN}">${preheader}${FILLER}</div>`)
}

/** Escapes plain text for html, but leaves its Liquid alone. */
export function escapeText(text: string): string {
  return text
    .split(LIQUID_TAG)
    .map((part, index) => (index % 2 === 1 ? part : escapeHtml(part)))
    .join('')
}

/** The first Liquid tag of `mjml` that `html` has fewer times: MJML drops text between its own elements. */
export function lostTags(mjml: string, html: string): { tag: string; line: number } | null {
  const kept = countByTag(html)
  const seen = new Map<string, number>()
  for (const match of mjml.matchAll(LIQUID_TAG)) {
    const tag = match[0]
    const count = (seen.get(tag) ?? 0) + 1
    seen.set(tag, count)
    if (count > (kept.get(tag) ?? 0)) return { tag, line: mjml.slice(0, match.index).split('\n').length }
  }
  return null
}

// Bounded, so that a text full of openings without an end is not searched to its end from each of them.
const LIQUID_TAG = /(\{\{[\s\S]{0,1000}?\}\}|\{%[\s\S]{0,1000}?%\})/g
const HIDDEN =
  'display:none;max-height:0;max-width:0;opacity:0;overflow:hidden;mso-hide:all;font-size:1px;line-height:1px'
// Inboxes fill the rest of the line with the mail's first words unless something invisible takes the room.
const FILLER = '&#847;&zwnj;&nbsp;'.repeat(60)

function countByTag(html: string): Map<string, number> {
  const counts = new Map<string, number>()
  for (const [tag] of html.matchAll(LIQUID_TAG)) counts.set(tag, (counts.get(tag) ?? 0) + 1)
  return counts
}

function escapeHtml(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}
