// The two shapes of a mail: as its author writes it, and as it is kept for sending.
import { z } from 'zod'
import { blockIdSchema } from '#app/messages/design/block-kind.ts'
import { mailDesignSchema } from '#app/messages/design/mail-design.ts'
import { conditionSchema } from '#app/segments/condition.ts'

/** What an author saves. All four parts are Liquid; `mjml` becomes the html part. */
export const templateSourceSchema = z.object({
  subject: z.string().trim().min(1, 'Write a subject').max(1_000, 'The subject is too long'),
  previewText: z.string().trim().max(1_000, 'The preview text is too long'),
  mjml: z.string().min(1, 'The mail has no content').max(200_000, 'The mail is too long'),
  text: z.string().trim().min(1, 'Write the plain-text part').max(100_000, 'The plain-text part is too long'),
  /** The blocks that the other parts were made of; without it they were written by hand. */
  design: mailDesignSchema.optional(),
})
export type TemplateSource = z.infer<typeof templateSourceSchema>

/** What is kept and sent: MJML has become html, Liquid is still in all three parts. */
export const compiledTemplateSchema = z.object({
  subject: z.string(),
  html: z.string(),
  text: z.string(),
  /** What has to be true of the reader for a block to be shown. */
  conditions: z.array(z.object({ block: blockIdSchema, condition: conditionSchema })).optional(),
  /** In place of the shop's own. */
  fromName: z.string().optional(),
  replyTo: z.string().optional(),
})
export type CompiledTemplate = z.infer<typeof compiledTemplateSchema>
