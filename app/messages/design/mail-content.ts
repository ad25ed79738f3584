// A mail as the editor posts it: blocks, or MJML for those who write it themselves.
import { z } from 'zod'
import { type TemplateSource, templateSourceSchema } from '#app/messages/rendering/template.ts'
import type { Brand } from '#app/shops/brand.ts'
import { designSource } from './design-source.ts'
import { mailDesignSchema } from './mail-design.ts'

export const mailContentSchema = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('blocks'), design: mailDesignSchema }),
  z.strictObject({ kind: z.literal('mjml'), ...templateSourceSchema.omit({ design: true }).shape }),
])
export type MailContent = z.output<typeof mailContentSchema>

/** The four parts that are compiled. */
export function sourceOf(content: MailContent, brand: Brand): TemplateSource {
  if (content.kind === 'blocks') return designSource(content.design, brand)
  const { kind: _, ...source } = content
  return source
}

/** What the editor opens a kept template as. */
export function contentOf({ design, ...source }: TemplateSource): MailContent {
  return design ? { kind: 'blocks', design } : { kind: 'mjml', ...source }
}
