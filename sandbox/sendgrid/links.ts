// Finds and rewrites the links of a mail, as click tracking does.

export type Link = { url: string; label: string }

const ANCHOR = /(<a\b[^>]*?\bhref\s*=\s*)(?:"([^"]*)"|'([^']*)')([^>]*>)([\s\S]*?)<\/a>/gi

/** The web links of `html` in order; their place in this list is their number. */
export function trackableLinks(html: string): Link[] {
  const links: Link[] = []
  for (const [, , double, single, , content = ''] of html.matchAll(ANCHOR)) {
    const url = webUrl(double ?? single ?? '')
    if (url) links.push({ url, label: labelOf(content) || url })
  }
  return links
}

/** `html` with the `n`th web link leading to `address(n)`. */
export function rewriteLinks(html: string, address: (n: number) => string): string {
  let next = 0
  return html.replace(ANCHOR, (whole, before, double, single, after, content) =>
    webUrl(double ?? single ?? '') ? `${before}"${address(next++)}"${after}${content}</a>` : whole,
  )
}

/** Turns the few entities that mail uses back into characters. */
export function decodeEntities(text: string): string {
  return text
    .replace(/&#x([0-9a-f]{1,5});/gi, (_, hex) => String.fromCodePoint(Number.parseInt(hex, 16)))
    .replace(/&#(\d{1,6});/g, (_, decimal) => String.fromCodePoint(Number(decimal)))
    .replace(/&(lt|gt|quot|apos|nbsp|zwnj|amp);/g, (_, name: string) => ENTITIES[name] ?? '')
}

const ENTITIES: Record<string, string> = { lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ', zwnj: '', amp: '&' }

function webUrl(href: string): string | null {
  // A copy, since a slice of the mail's text would keep the whole mail in memory for as long as the link.
  const url = Buffer.from(decodeEntities(href.trim())).toString()
  return /^https?:\/\//i.test(url) && URL.canParse(url) ? url : null
}

function labelOf(content: string): string {
  const image = /<img\b[^>]*\balt\s*=\s*"([^"]*)"/i.exec(content)
  const text = content
    .replace(/<[^>]*>/g, ' ')
    .replace(/\s+/g, ' ')
    .trim()
  return decodeEntities(text || image?.[1] || '').slice(0, 80)
}
