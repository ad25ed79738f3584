// Proves that a template can be filled, where a template that devours memory or time does no harm.
import { createRequire } from 'node:module'
import { z } from 'zod'
import { askProgram } from './child-program.server.ts'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

const proofSchema = z.union([z.object({ ok: z.literal(true) }), z.object({ ok: z.literal(false), error: z.string() })])
export type Proof = z.infer<typeof proofSchema>

/** Fills `template` with `sample` in a child process; a template that fails or exceeds its bounds must not be used. */
export async function proveTemplate(
  template: CompiledTemplate,
  sample: TemplateVariables,
  { deadlineMs = 10_000 } = {},
): Promise<Proof> {
  const bounds = { deadlineMs, heapMb: 128, outputMaxLength: 10_000 }
  const output = await askProgram(programFile, JSON.stringify({ template, sample }), bounds)
  if (output === null) return { ok: false, error: tooMuch }
  return proofSchema.parse(JSON.parse(output))
}

const tooMuch = 'The mail takes too much time or memory to fill. Make its loops shorter, or use fewer of them.'
// By package import, so that it is found from the source tree and from a bundle alike.
const programFile = createRequire(import.meta.url).resolve('#app/messages/rendering/prove-template-child.server.ts')
