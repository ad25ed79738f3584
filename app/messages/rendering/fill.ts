// Fills Liquid text with variables, parsing each text once: parsing costs three times what filling does.
import { AssertionError, type Liquid, LiquidError, type Template } from 'liquidjs'
import { htmlLiquid, textLiquid } from './liquid.ts'
import type { TemplateVariables } from './variables.ts'

type Fill = (source: string, variables: TemplateVariables) => string

/** Fills an html part; throws what `liquidFailure` can put into words. */
export const fillHtml = cachedFill(htmlLiquid)

/** Fills a subject or a text part; throws what `liquidFailure` can put into words. */
export const fillText = cachedFill(textLiquid)

/** What was wrong with a template, when `error` says so; null for any other error. */
export function liquidFailure(error: unknown): string | null {
  // RangeError: a text past the engine's longest, or a nesting deeper than the stack.
  const isTemplates = LiquidError.is(error) || error instanceof AssertionError || error instanceof RangeError
  return isTemplates ? error.message : null
}

/** Whether filling was stopped because it took too long or too much memory, not because the template is wrong. */
export const exceededLimits = (error: unknown): boolean =>
  error instanceof RangeError || (liquidFailure(error) ?? '').includes('limit exceeded')

// The key is the template's own text: an entry can't be stale, and can't be another template's.
function cachedFill(engine: Liquid, maxEntries = 300): Fill {
  const parsedBySource = new Map<string, Template[]>()
  return (source, variables) => {
    const parsed = parsedBySource.get(source) ?? engine.parse(source)
    // Entered anew at each use, so that the map begins with the longest unused.
    parsedBySource.delete(source)
    parsedBySource.set(source, parsed)
    const [longestUnused] = parsedBySource.keys()
    if (parsedBySource.size > maxEntries && longestUnused !== undefined) parsedBySource.delete(longestUnused)
    return String(engine.renderSync(parsed, variables))
  }
}
