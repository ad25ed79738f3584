// A mail as its author arranges it: who it says it is from, its lines, and its blocks from top to bottom.
import { z } from 'zod'
import { brandSchema } from '#app/shops/brand.ts'
import type { BlockZone } from './block-kind.ts'
import { type Block, blockSchema, kindOfBlock } from './blocks/registry.ts'

export const maxBlocks = 100

export const mailDesignSchema = z
  .strictObject({
    subject: z.string().trim().min(1, 'Write a subject').max(500, 'The subject is too long'),
    previewText: z.string().trim().max(500, 'The preview text is too long'),
    /** In place of the shop's own sender name. */
    fromName: z.string().trim().max(100).nullable().default(null),
    /** In place of the shop's own address for replies. */
    replyTo: z.email('Write an e-mail address').max(254).nullable().default(null),
    /** Of the words, so that screen readers pronounce them and mail programs don't offer to translate them. */
    language: z
      .string()
      .regex(/^[a-z]{2,3}(-[A-Za-z0-9]{2,8})?$/)
      .default('en'),
    /** In place of the shop's brand. */
    style: brandSchema.nullable().default(null),
    blocks: z.array(blockSchema).max(maxBlocks, `A mail has at most ${maxBlocks} blocks`),
    /** The text part as written by hand; null: made from the blocks. */
    text: z.string().max(100_000).nullable().default(null),
  })
  .superRefine(({ blocks }, context) => {
    const problem = orderProblem(blocks)
    if (problem) context.addIssue({ code: 'custom', path: ['blocks'], message: problem })
  })

export type MailDesign = z.output<typeof mailDesignSchema>

/** Every block, also those in columns, in reading order. */
export function allBlocks(blocks: readonly Block[]): Block[] {
  return blocks.flatMap((block): Block[] => (block.kind === 'columns' ? [block, ...block.columns.flat()] : [block]))
}

/** What is wrong with the order of blocks, or with their ids; null when nothing is. */
function orderProblem(blocks: readonly Block[]): string | null {
  const zones = blocks.map((block) => kindOfBlock(block).zone)
  if (zones.filter((zone) => zone === 'bottom').length !== 1 || zones.at(-1) !== 'bottom')
    return 'A mail ends with one footer'
  if (zones.lastIndexOf('top') > 0) return 'A mail has at most one header, at its top'
  const ids = allBlocks(blocks).map(({ id }) => id)
  return new Set(ids).size === ids.length ? null : 'Two blocks have the same id'
}

export const isFraming = (zone: BlockZone) => zone === 'top' || zone === 'bottom'
