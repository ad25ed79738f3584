// A picture whose words are missing is nothing to whoever can't see it, or has pictures switched off.
import { allBlocks } from '#app/messages/design/mail-design.ts'
import { type Check, wholeMail } from './check.ts'

export const missingAlt: Check = ({ design, filled }) => {
  if (design)
    return allBlocks(design.blocks)
      .filter((block) => block.kind === 'image' && block.src.trim() && !block.isOrnament && !block.alt.trim())
      .map(({ id }) => ({ advice: 'image', level: 'warning', block: id, field: 'alt', values: {} }))
  const missing = [...(filled?.html ?? '').matchAll(/<img\b[^>]*>/gi)].filter(([tag]) => !/\salt\s*=/i.test(tag))
  return missing.length === 0
    ? []
    : [{ ...wholeMail, advice: 'html', level: 'warning', values: { count: missing.length } }]
}
