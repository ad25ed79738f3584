// A mail to begin with: the frame that every mail has, and between its parts the blocks that are given.
import type { MailSubject } from './block-kind.ts'
import { type BlockInput, kindOfBlock } from './blocks/registry.ts'
import { type MailDesign, mailDesignSchema } from './mail-design.ts'

type WithoutCommon<Each> = Each extends unknown ? Omit<Each, 'id' | 'showIf'> : never

export interface NewDesign {
  subject: string
  previewText: string
  about: MailSubject
  /** Why the reader gets this mail, when the usual reason does not say it. */
  reason?: string
  blocks: readonly WithoutCommon<BlockInput>[]
}

/** @throws ZodError when a block is not what its kind asks for */
export function newDesign({ subject, previewText, about, reason, blocks }: NewDesign): MailDesign {
  const header = kindOfBlock({ kind: 'header' }).blank(about)
  const footer = { ...kindOfBlock({ kind: 'footer' }).blank(about), ...(reason && { reason }) }
  const numbered = [header, ...blocks, footer].map((block, index) => ({ ...block, id: `b${index + 1}` }))
  return mailDesignSchema.parse({ subject, previewText, blocks: numbered })
}
