// The two Liquid engines of Tern, bounded so that no template can take the process down or read a file.
import { CaptureTag, type Context, Liquid, type LiquidOptions } from 'liquidjs'
import { withoutControls } from './plain-line.ts'

// `renderLimit` is in ms, `memoryLimit` in characters or array entries made while rendering: they hold back loops
// and growing strings. What they can't see is proved in a child process when a template is saved.
const LIMITS = { parseLimit: 500_000, renderLimit: 200, memoryLimit: 1e6 } satisfies LiquidOptions

// They read other files, which Tern's templates don't have.
const FILE_TAGS = ['include', 'render', 'layout', 'block']

// They would let a shopper's name become markup.
const UNESCAPED_FILTERS = ['raw', 'json', 'jsonify', 'inspect']

const ENTITIES: Record<string, string> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', "'": '&#39;' }

/** `capture` whose text counts as memory; LiquidJS itself lets it grow for as long as the time limit allows. */
class BoundedCaptureTag extends CaptureTag {
  override *render(context: Context): Generator<unknown, void, string> {
    const text: string = yield this.liquid.renderer.renderTemplates(this.templates, context)
    context.memoryLimit.use(text.length)
    context.bottom()[this.variable] = text
  }
}

/** For the html part: each output is escaped, and no filter can switch that off. */
export const htmlLiquid = boundedEngine(escapedValue)

/** For subject and text part: outputs stay as they are, less what could forge a line. */
export const textLiquid = boundedEngine(plainValue)

type FilterScope = { context: Context }
type OutputEscape = (this: FilterScope, value: unknown) => string

function boundedEngine(outputEscape: OutputEscape): Liquid {
  const engine = new Liquid({
    ...LIMITS,
    // Looks up files here, and never on disk.
    templates: {},
    ownPropertyOnly: true,
    strictFilters: true,
    strictVariables: false,
    outputEscape,
  })
  for (const tag of FILE_TAGS) delete engine.tags[tag]
  for (const filter of UNESCAPED_FILTERS) delete engine.filters[filter]
  engine.registerTag('capture', BoundedCaptureTag)
  // `raw` says that these are escaped already: without it their output would be escaped once more.
  engine.registerFilter('escape', { raw: true, handler: outputEscape })
  return engine
}

function escapedValue(this: FilterScope, value: unknown): string {
  return plainValue.call(this, value).replace(/[&<>"']/g, (sign) => ENTITIES[sign] ?? sign)
}

function plainValue(this: FilterScope, value: unknown): string {
  const text = textOf(value)
  this.context.memoryLimit.use(text.length)
  return withoutControls(text)
}

function textOf(value: unknown): string {
  if (value === null || value === undefined) return ''
  if (Array.isArray(value)) return value.map(textOf).join('')
  return typeof value === 'object' ? '' : String(value)
}
