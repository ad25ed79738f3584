// Links that can't lead anywhere from a mail: empty, without their beginning, of a kind that mail programs refuse.
import { typedTexts } from '#app/messages/design/block-texts.ts'
import { type Check, type Finding, wholeMail } from './check.ts'

export const brokenLinks: Check = ({ design, filled }) => {
  if (!design) return htmlLinks(filled?.html ?? '')
  return typedTexts(design).flatMap(({ block, field, type, text }) => {
    const place = { block, field }
    // An image's link may be left out, and so may a picture; `empty` speaks of the latter.
    if (type === 'image') return text.trim() === '' ? [] : found(text, place)
    if (type === 'url')
      return isOptional(design.blocks.find(({ id }) => id === block)?.kind) && !text.trim() ? [] : found(text, place)
    if (type === 'text' || type === 'line')
      return [...text.matchAll(/\[[^[\]\n]+\]\(([^()\s]+)\)/g)].flatMap(([, url]) => found(url!, place))
    return []
  })
}

const isOptional = (kind: string | undefined) => kind === 'image'

type Place = Pick<Finding, 'block' | 'field'>

function found(url: string, place: Place): Omit<Finding, 'check'>[] {
  const problem = linkProblem(url.trim())
  return problem ? [{ ...place, advice: problem, level: 'error', values: { url: url.slice(0, 100) } }] : []
}

/** Null for a link that can lead somewhere, as far as its writing tells. */
export function linkProblem(url: string): 'missing' | 'relative' | 'unsafe' | 'malformed' | null {
  if (url === '' || url === '#') return 'missing'
  // What begins with Liquid is whole when it is filled.
  if (/^\{\{-?\s*[\w.[\]]*url\b/.test(url)) return null
  const scheme = /^([a-z][a-z0-9+.-]*):/i.exec(url)?.[1]?.toLowerCase()
  if (!scheme) return 'relative'
  if (!['http', 'https', 'mailto', 'tel', 'sms'].includes(scheme)) return 'unsafe'
  const written = url.replace(/\{\{[\s\S]*?\}\}/g, 'x')
  if (/\s/.test(written)) return 'malformed'
  if (scheme === 'mailto') return /^mailto:[^?]*(@|x)/.test(written) ? null : 'malformed'
  if (!scheme.startsWith('http')) return null
  return /^https?:\/\/[^/?#\s]+\.[^/?#\s.]+|^https?:\/\/x/i.test(written) ? null : 'malformed'
}

function htmlLinks(html: string): Omit<Finding, 'check'>[] {
  const hrefs = [...html.matchAll(/<a\b[^>]*\shref\s*=\s*(?:"([^"]*)"|'([^']*)')/gi)]
  const problems = hrefs.flatMap(([, double, single]) => {
    const url = (double ?? single ?? '').trim()
    const problem = linkProblem(url)
    return problem ? [{ problem, url }] : []
  })
  return problems.map(({ problem, url }) => ({
    ...wholeMail,
    advice: problem,
    level: 'error',
    values: { url: url.slice(0, 100) },
  }))
}
