// Turns a template as written into the one that is kept: done when it is saved, because MJML takes some 15 ms.
import { allBlocks } from '#app/messages/design/mail-design.ts'
import { escapeText, insertHead, lostTags } from './compiled-html.ts'
import { liquidFailure } from './fill.ts'
import { htmlLiquid, textLiquid } from './liquid.ts'
import { type CompiledTemplate, type TemplateSource, templateSourceSchema } from './template.ts'

export type CompileResult = { ok: true; compiled: CompiledTemplate } | { ok: false; error: string }

/** Checks all four parts and compiles MJML; `error` names the part and, where there is one, the line. */
export async function compileTemplate(source: TemplateSource): Promise<CompileResult> {
  const parsed = templateSourceSchema.safeParse(source)
  if (!parsed.success) return failure(parsed.error.issues.map((issue) => issue.message).join('; '))
  const liquidError = firstLiquidError(parsed.data)
  if (liquidError !== null) return failure(liquidError)

  const mjml = await compileMjml(parsed.data.mjml)
  if (!mjml.ok) return mjml
  const lost = lostTags(parsed.data.mjml, mjml.html)
  if (lost !== null) return failure(`Content, line ${lost.line}: put ${lost.tag} inside <mj-raw>, MJML drops it here`)

  const { subject, previewText, text } = parsed.data
  const html = insertHead(mjml.html, { title: escapeText(subject), preheader: escapeText(previewText) })
  const compiledError = parseError('Content', () => htmlLiquid.parse(html))
  if (compiledError !== null) return failure(compiledError)
  return { ok: true, compiled: { subject, html, text, ...settled(parsed.data.design) } }
}

/** What sending needs to know of a design besides its words. */
function settled(design: TemplateSource['design']): Partial<CompiledTemplate> {
  if (!design) return {}
  const { fromName, replyTo, blocks } = design
  const conditions = allBlocks(blocks).flatMap(({ id, showIf }) => (showIf ? [{ block: id, condition: showIf }] : []))
  return { ...(conditions.length > 0 && { conditions }), ...(fromName && { fromName }), ...(replyTo && { replyTo }) }
}

function firstLiquidError(source: TemplateSource): string | null {
  return (
    parseError('Subject', () => textLiquid.parse(source.subject)) ??
    parseError('Preview text', () => htmlLiquid.parse(source.previewText)) ??
    parseError('Content', () => htmlLiquid.parse(source.mjml)) ??
    parseError('Plain text', () => textLiquid.parse(source.text))
  )
}

function parseError(part: string, parse: () => unknown): string | null {
  try {
    parse()
    return null
  } catch (error) {
    const message = liquidFailure(error)
    if (message === null) throw error
    const [, what, line] = /^([\s\S]*), line:(\d+), col:\d+/.exec(message) ?? []
    return line === undefined ? `${part}: ${message}` : `${part}, line ${line}: ${what}`
  }
}

async function compileMjml(mjml: string): Promise<{ ok: true; html: string } | { ok: false; error: string }> {
  // Loaded when a template is saved: it would be a third of the start of every process, which workers never use.
  const { default: mjml2html } = await import('mjml')
  try {
    // No fonts: nothing is fetched from elsewhere when a mail is opened.
    const { html } = await mjml2html(mjml, { validationLevel: 'strict', ignoreIncludes: true, fonts: {} })
    return { ok: true, html: html.replace(/\n\s*\n+/g, '\n').replace(/\n[ \t]+/g, '\n') }
  } catch (error) {
    // MJML throws plain errors for whatever it cannot read; all of them are about the author's text.
    return { ok: false, error: mjmlErrorInWords(error) }
  }
}

function mjmlErrorInWords(error: unknown): string {
  const message = error instanceof Error ? error.message : String(error)
  const problems = [...message.matchAll(/Line (\d+) of \S+ \(([\w-]+)\) — (.+)/g)]
  if (problems.length === 0) return `Content: ${message.split('\n')[0]}`
  return problems.map(([, line, tag, problem]) => `Content, line ${line}: <${tag}> ${problem}`).join('\n')
}

function failure(error: string): { ok: false; error: string } {
  return { ok: false, error }
}
