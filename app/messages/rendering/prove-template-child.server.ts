// The program that `proveTemplate` starts: reads a template and sample data, fills it once, prints the verdict.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import { renderMessage } from './render-message.ts'
import { missingRequiredContent } from './required-content.ts'
import { compiledTemplateSchema } from './template.ts'
import { templateVariablesSchema } from './variables.ts'

const inputSchema = z.object({ template: compiledTemplateSchema, sample: templateVariablesSchema })

const { template, sample } = inputSchema.parse(JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(verdict()))

function verdict(): { ok: true } | { ok: false; error: string } {
  const message = renderMessage(template, sample, { utm: { campaign: 'proof', content: 'proof' } })
  if (!message.ok) return { ok: false, error: `The mail cannot be filled: ${message.detail}` }
  const missing = missingRequiredContent(message, sample)
  return missing === null ? { ok: true } : { ok: false, error: missing }
}
