// What a check of a mail is given, and what it answers.
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { MailDesign } from '#app/messages/design/mail-design.ts'
import type { TemplateSource } from '#app/messages/rendering/template.ts'
import type { Brand } from '#app/shops/brand.ts'

export interface CheckedMail {
  source: TemplateSource
  /** Null: the mail is written in MJML. */
  design: MailDesign | null
  brand: Brand
  about: MailSubject
  /** Filled with sample data; null when that failed. */
  filled: { html: string; text: string } | null
}

/** An error keeps the mail from being saved; a warning does not. */
export interface Finding {
  /** With `advice` the key of its words. */
  check: CheckKey
  advice: string
  level: 'error' | 'warning'
  /** The block and the field that it is about; null: the whole mail, or none. */
  block: string | null
  field: string | null
  values: Record<string, string | number>
}

export type CheckKey =
  | 'liquid'
  | 'variables'
  | 'links'
  | 'alt'
  | 'contrast'
  | 'size'
  | 'headings'
  | 'empty'
  | 'required'

export type Check = (mail: CheckedMail) => Omit<Finding, 'check'>[]

export const wholeMail = { block: null, field: null } as const
