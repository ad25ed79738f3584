// Fills a template where one that devours memory or time does no harm: in a process of its own.
import { createRequire } from 'node:module'
import { z } from 'zod'
import { askProgram } from './child-program.server.ts'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

const answerSchema = z.union([
  z.object({ ok: z.literal(true), subject: z.string(), html: z.string(), text: z.string() }),
  z.object({ ok: z.literal(false), error: z.string() }),
])
export type FilledApart = z.infer<typeof answerSchema>

/** The filled mail, or why there is none, in words for its author. */
export async function fillApart(
  template: CompiledTemplate,
  variables: TemplateVariables,
  { deadlineMs = 10_000 } = {},
): Promise<FilledApart> {
  const bounds = { deadlineMs, heapMb: 128, outputMaxLength: 3_000_000 }
  const output = await askProgram(programFile, JSON.stringify({ template, variables }), bounds)
  if (output === null) return { ok: false, error: tooMuch }
  return answerSchema.parse(JSON.parse(output))
}

const tooMuch = 'The mail takes too much time or memory to fill. Make its loops shorter, or use fewer of them.'
// By package import, so that it is found from the source tree and from a bundle alike.
const programFile = createRequire(import.meta.url).resolve('#app/messages/rendering/fill-apart-child.server.ts')
