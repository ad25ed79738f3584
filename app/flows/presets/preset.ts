// A flow that Tern brings along: its mails, and the definition that sends them once they are saved.
import type { DefinitionInput } from '#app/flows/definition.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'

export interface Preset<MailKey extends string = string> {
  name: string
  /** For the merchant: what it does and for whom, in two or three sentences. */
  description: string
  /** The lower, the sooner it gets its turn when a person may have only one mail. */
  priority: number
  mails: Record<MailKey, MailDesign>
  define(templates: Record<MailKey, string>): DefinitionInput
}
