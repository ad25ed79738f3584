// What a mail was made of: with the template, which never changes, the same mail can be made again.
import { z } from 'zod'
import { type TemplateVariables, templateVariablesSchema } from '#app/messages/rendering/variables.ts'

/** The reader's own links are left out: whoever looks at the mail later must not act in the reader's name. */
const deadLinks = {
  unsubscribe_url: 'https://unsubscribe.invalid/',
  preferences_url: 'https://preferences.invalid/',
}

const senderSchema = z.object({ name: z.string(), email: z.string() })

/** As it is kept. */
export const messageContentSchema = z.object({
  from: senderSchema,
  to: z.string(),
  variables: z.record(z.string(), z.unknown()),
})
export type MessageContent = z.output<typeof messageContentSchema>

export function messageContent(
  mail: { from: MessageContent['from']; to: string },
  { unsubscribe_url: _, preferences_url: __, ...variables }: TemplateVariables,
): MessageContent {
  return { from: mail.from, to: mail.to, variables }
}

/** The variables to fill the template with again; null when a later version can't read what was kept. */
export function keptVariables(content: MessageContent): TemplateVariables | null {
  const parsed = templateVariablesSchema.safeParse({ ...content.variables, ...deadLinks })
  return parsed.success ? parsed.data : null
}
