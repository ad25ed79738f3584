// Compiles what a merchant wrote where it can do no harm: some 200 kB of MJML take half a minute and a gigabyte.
import { createRequire } from 'node:module'
import { z } from 'zod'
import { askProgram } from './child-program.server.ts'
import type { CompileResult } from './compile-template.server.ts'
import { compiledTemplateSchema, type TemplateSource, templateSourceSchema } from './template.ts'

const resultSchema = z.union([
  z.object({ ok: z.literal(true), compiled: compiledTemplateSchema }),
  z.object({ ok: z.literal(false), error: z.string() }),
])

/** As `compileTemplate`, for whatever was not written by us: in a process of its own, bounded in time and memory. */
export async function compileApart(source: TemplateSource, { deadlineMs = 10_000 } = {}): Promise<CompileResult> {
  const parsed = templateSourceSchema.safeParse(source)
  if (!parsed.success) return { ok: false, error: parsed.error.issues.map((issue) => issue.message).join('; ') }
  const bounds = { deadlineMs, heapMb: 384, outputMaxLength: 4_000_000 }
  const output = await askProgram(programFile, JSON.stringify(parsed.data), bounds)
  return output === null ? { ok: false, error: tooMuch } : resultSchema.parse(JSON.parse(output))
}

const tooMuch = 'The mail takes too much time or memory to build. Make it shorter, or use fewer elements.'
// By package import, so that it is found from the source tree and from a bundle alike.
const programFile = createRequire(import.meta.url).resolve('#app/messages/rendering/compile-apart-child.server.ts')
