// Screen readers list a mail by its headlines: one large one says what it is about.
import { allBlocks } from '#app/messages/design/mail-design.ts'
import { type Check, wholeMail } from './check.ts'

export const headingOrder: Check = ({ design }) => {
  if (!design) return []
  const headings = allBlocks(design.blocks).flatMap((block) => (block.kind === 'heading' ? [block] : []))
  const large = headings.filter(({ size }) => size === 'large')
  const [, second] = large
  if (second) return [{ advice: 'twice', level: 'warning', block: second.id, field: 'size', values: {} }]
  return large.length === 0 ? [{ ...wholeMail, advice: 'none', level: 'warning', values: {} }] : []
}
