// What every kind of block tells of itself: its fields, how it begins, and what it becomes in both parts of a mail.
import { z } from 'zod'
import { type Condition, conditionSchema, needsOf } from '#app/segments/condition.ts'
import type { Palette } from './palette.ts'

/** The purchase that a flow's mails are about, or the person alone. */
export type MailSubject = 'checkout' | 'cart' | 'order' | 'profile'

/** Also the name under which Liquid knows whether the block is hidden. */
export const blockIdSchema = z.string().regex(/^b\d{1,9}$/, 'a block’s id is b and a number')

/** What every block has. */
export const commonFields = {
  id: blockIdSchema,
  /** Shown only to whom this is true of; null: to everybody. */
  showIf: conditionSchema
    .nullable()
    .default(null)
    .refine((condition) => condition === null || !needsOf(condition).has('entry'), 'A block can’t ask about the entry'),
}

export interface CommonFields {
  id: string
  showIf: Condition | null
}

/** How a field is edited, and checked. `text` has marks and paragraphs, `line` marks; `plain` stands in an attribute. */
export type FieldSpec =
  | { type: 'text' | 'line' | 'plain' | 'url' | 'image' | 'toggle' }
  | { type: 'choice'; options: readonly string[] }
  | { type: 'number'; min: number; max: number; step: number }
  /** Edited by a form of its own. */
  | { type: 'own' }

/** How fields become markup: handed in, so that a browser that lists the kinds needs no Liquid. */
export interface MailLook {
  palette: Palette
  headingFont: string
  bodyFont: string
  corners: number
  linkStyle: string
  logo: { url: string; widthPx: number } | null
  /** One line of html, with its marks. */
  line(text: string): string
  paragraphs(text: string): string
  attribute(text: string): string
}

/** How fields become a text part. */
export interface PlainWords {
  line(text: string): string
  /** Without reading marks. */
  bare(text: string): string
  /** What people can use of a link. */
  address(url: string): string
}

/** `top` and `bottom` frame the mail; `section` takes the whole width; `content` may also stand in a column. */
export type BlockZone = 'top' | 'content' | 'section' | 'bottom'

export interface BlockKind<Block> {
  zone: BlockZone
  fields: Record<string, FieldSpec>
  /** A new one, before it gets its id. */
  blank(about: MailSubject): Omit<Block, 'id' | 'showIf'>
  /** MJML: what may stand in a column for `content`, else whole sections. */
  mjml(block: Block, look: MailLook): string
  /** Lines of the text part; '' when there is nothing to say in words. */
  text(block: Block, plain: PlainWords): string
}
