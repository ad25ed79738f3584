// A block that shows nothing because something in it was not chosen yet.
import { allBlocks } from '#app/messages/design/mail-design.ts'
import type { Check, Finding } from './check.ts'

export const emptyBlocks: Check = ({ design, about }) =>
  allBlocks(design?.blocks ?? []).flatMap((block): Omit<Finding, 'check'>[] => {
    const warning = (advice: string, field: string): Omit<Finding, 'check'> => ({
      advice,
      level: 'warning',
      block: block.id,
      field,
      values: {},
    })
    if (block.kind === 'image' && !block.src.trim()) return [warning('image', 'src')]
    if (block.kind === 'product' && !block.src.trim()) return [warning('product', 'src')]
    if ((block.kind === 'text' || block.kind === 'heading') && !block.text.trim()) return [warning('text', 'text')]
    if (block.kind === 'columns' && block.columns.every((column) => column.length === 0))
      return [warning('columns', 'columns')]
    if (block.kind === 'items' && block.of !== about)
      return [{ ...warning('items', 'of'), level: 'error', values: { of: block.of, about } }]
    return []
  })
