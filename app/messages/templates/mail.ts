// Puts one shipped mail together: the same reason for writing in both parts, each in its frame.
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import { layout } from './layout.ts'
import { textLayout } from './text-layout.ts'

type MailParts = {
  subject: string
  previewText: string
  /** Why the reader gets this mail, one sentence for the footer. */
  reason: string
  /** MJML blocks. */
  body: string[]
  /** The same content written as plain text. */
  text: string
}

/** The source of a shipped mail, as a merchant finds it in the editor. */
export function mail({ subject, previewText, reason, body, text }: MailParts): TemplateSource {
  return {
    subject,
    previewText,
    mjml: layout({ body, reason }),
    text: textLayout({ body: text, reason }),
  }
}
