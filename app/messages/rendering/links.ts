// Links of a filled mail: campaign parameters for the shop's statistics, and no link that could run code.

export type Utm = { campaign: string; content: string }

/** The query that a mail's links get, already encoded: `utm_source=tern&utm_medium=email&…`. */
export function utmQuery({ campaign, content }: Utm): string {
  const pairs = [
    ['utm_source', 'tern'],
    ['utm_medium', 'email'],
    ['utm_campaign', campaign],
    ['utm_content', content],
  ] as const
  return pairs.map(([name, value]) => `${name}=${encodeURIComponent(value)}`).join('&')
}

/** Adds `query` to every web link of an html part, except to those in `exempt`, and disarms `javascript:` and the like. */
export function withUtmInHtml(html: string, query: string, exempt: readonly string[]): string {
  const encodedQuery = query.replaceAll('&', '&amp;')
  const encodedExempt = exempt.map((url) => url.replaceAll('&', '&amp;'))
  return html.replace(HREF, (attribute, inDoubleQuotes?: string, inSingleQuotes?: string) => {
    const quote = inDoubleQuotes === undefined ? "'" : '"'
    const target = (inDoubleQuotes ?? inSingleQuotes ?? '').trim()
    if (isUnsafe(target)) return ' href="#"'
    if (!/^https?:/i.test(target) || isExempt(target, encodedExempt)) return attribute
    return ` href=${quote}${withQuery(target, encodedQuery, '&amp;')}${quote}`
  })
}

/** Adds `query` to every web address in a text part, except to those in `exempt`. */
export function withUtmInText(text: string, query: string, exempt: readonly string[]): string {
  return text.replace(WEB_ADDRESS, (address) => (isExempt(address, exempt) ? address : withQuery(address, query, '&')))
}

const HREF = /\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi
// Ends before the punctuation that a sentence puts behind an address.
const WEB_ADDRESS = /https?:\/\/[^\s<>"]*[^\s<>".,;:!?)\]]/gi
const SAFE_SCHEMES = new Set(['http', 'https', 'mailto', 'tel', 'sms'])

function isUnsafe(target: string): boolean {
  const scheme = /^([^/?#]*?)(?::|&#)/.exec(target)?.[1]
  return scheme !== undefined && !SAFE_SCHEMES.has(scheme.toLowerCase())
}

function isExempt(target: string, exempt: readonly string[]): boolean {
  return /[?&;]utm_/.test(target) || exempt.some((url) => target.startsWith(url))
}

function withQuery(target: string, query: string, joint: string): string {
  const hashAt = target.indexOf('#')
  const base = hashAt < 0 ? target : target.slice(0, hashAt)
  const fragment = hashAt < 0 ? '' : target.slice(hashAt)
  return `${base}${base.includes('?') ? joint : '?'}${query}${fragment}`
}
