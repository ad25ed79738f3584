// Fills a compiled template for one recipient; pure, so that preview, proof and sending give the same mail.

import { exceededLimits, fillHtml, fillText, liquidFailure } from './fill.ts'
import { type Utm, utmQuery, withUtmInHtml, withUtmInText } from './links.ts'
import { oneLine } from './plain-line.ts'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

export type RenderedMessage =
  | { ok: true; subject: string; html: string; text: string }
  | { ok: false; reason: 'render_failed'; detail: string; exceeded?: true }

/** Fills subject, html and text part, and adds the campaign parameters to the links. */
export function renderMessage(
  template: CompiledTemplate,
  variables: TemplateVariables,
  { utm }: { utm: Utm },
): RenderedMessage {
  try {
    const subject = oneLine(fillText(template.subject, variables), SUBJECT_MAX_LENGTH)
    const html = fillHtml(template.html, variables)
    const text = fillText(template.text, variables)
    if (html.length + text.length > OUTPUT_MAX_LENGTH) return failure('the filled mail is larger than 1 MB')
    if (subject === '') return failure('the subject is empty')
    const query = utmQuery(utm)
    const exempt = [variables.unsubscribe_url, variables.preferences_url]
    return {
      ok: true,
      subject,
      html: withUtmInHtml(html, query, exempt),
      text: withUtmInText(tidyText(text), query, exempt),
    }
  } catch (error) {
    const detail = liquidFailure(error)
    if (detail !== null) return { ...failure(detail), ...(exceededLimits(error) && { exceeded: true as const }) }
    throw error
  }
}

const SUBJECT_MAX_LENGTH = 200
const OUTPUT_MAX_LENGTH = 1_000_000

// Liquid's tags leave their line ends behind.
function tidyText(text: string): string {
  const lines = text.split(/\r\n?|\n/).map((line) => line.trimEnd())
  return `${lines
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()}\n`
}

function failure(detail: string) {
  return { ok: false as const, reason: 'render_failed' as const, detail }
}
