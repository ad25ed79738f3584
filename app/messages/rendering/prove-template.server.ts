// Proves that a template can be filled, and holds what the law asks for, before any recipient gets it.
import { fillApart } from './fill-apart.server.ts'
import { missingRequiredContent } from './required-content.ts'
import type { CompiledTemplate } from './template.ts'
import type { TemplateVariables } from './variables.ts'

export type Proof = { ok: true } | { ok: false; error: string }

/** Fills `template` with `sample` in a child process; a template that fails or exceeds its bounds must not be used. */
export async function proveTemplate(
  template: CompiledTemplate,
  sample: TemplateVariables,
  { deadlineMs = 10_000 } = {},
): Promise<Proof> {
  const filled = await fillApart(template, sample, { deadlineMs })
  if (!filled.ok) return filled
  const missing = missingRequiredContent(filled, sample)
  return missing === null ? { ok: true } : { ok: false, error: missing }
}
