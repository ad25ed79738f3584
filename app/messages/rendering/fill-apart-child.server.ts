// The program that `fillApart` starts: reads a template and variables, fills it once, prints the mail.
import { text } from 'node:stream/consumers'
import { z } from 'zod'
import type { FilledApart } from './fill-apart.server.ts'
import { renderMessage } from './render-message.ts'
import { compiledTemplateSchema } from './template.ts'
import { templateVariablesSchema } from './variables.ts'

const inputSchema = z.object({ template: compiledTemplateSchema, variables: templateVariablesSchema })

const { template, variables } = inputSchema.parse(JSON.parse(await text(process.stdin)))
process.stdout.write(JSON.stringify(filled()))

function filled(): FilledApart {
  const message = renderMessage(template, variables, { utm: { campaign: 'proof', content: 'proof' } })
  return message.ok ? message : { ok: false, error: `The mail cannot be filled: ${message.detail}` }
}
