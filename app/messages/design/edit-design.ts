// What an author does to the blocks of a mail. Each returns the new list, or the same one when it can't be done: the
// header stays at the top, the footer at the end, and only what fits there stands in a column.
import type { MailSubject } from './block-kind.ts'
import { maxInColumn } from './blocks/columns.ts'
import { type ContentBlock, contentBlockSchema } from './blocks/content-registry.ts'
import { type Block, type BlockKindName, blockSchema, kindOfBlock } from './blocks/registry.ts'
import { allBlocks, maxBlocks } from './mail-design.ts'

type Blocks = readonly Block[]

/** Before which block of the mail, or of a column. */
export interface Place {
  index: number
  column: { of: string; number: number } | null
}

/** A block of this kind as it begins, with an id that no other has. */
export function newBlock(blocks: Blocks, kind: BlockKindName, about: MailSubject): Block {
  return blockSchema.parse(withId(kindOfBlock({ kind }).blank(about), nextNumber(blocks)))
}

export function insertBlock(blocks: Blocks, block: Block, place: Place): Blocks {
  if (allBlocks(blocks).length >= maxBlocks) return blocks
  const { column } = place
  if (column === null) {
    const { zone } = kindOfBlock(block)
    if (zone === 'top') return hasHeader(blocks) ? blocks : [block, ...blocks]
    if (zone === 'bottom') return blocks
    return spliced(blocks, within(place.index, hasHeader(blocks) ? 1 : 0, blocks.length - 1), block)
  }
  const inner = contentBlockSchema.safeParse(block)
  if (!inner.success) return blocks
  return changeColumn(blocks, column, (list) =>
    list.length >= maxInColumn ? list : spliced(list, within(place.index, 0, list.length), inner.data),
  )
}

/** Takes the block out and puts it at `place`, counted as the list is before. */
export function moveBlock(blocks: Blocks, id: string, place: Place): Blocks {
  const from = placeOf(blocks, id)
  const block = findBlock(blocks, id)
  if (!from || !block || isFrame(block) || place.column?.of === id) return blocks
  const isSameList = from.column?.of === place.column?.of && from.column?.number === place.column?.number
  const index = isSameList && from.index < place.index ? place.index - 1 : place.index
  const without = removeBlock(blocks, id)
  const moved = insertBlock(without, block, { ...place, index })
  return moved === without ? blocks : moved
}

/** One place up or down among its neighbours, for the keyboard. */
export function moveBlockBy(blocks: Blocks, id: string, step: -1 | 1): Blocks {
  const from = placeOf(blocks, id)
  if (!from) return blocks
  const moved = moveBlock(blocks, id, { ...from, index: from.index + (step === 1 ? 2 : -1) })
  const to = placeOf(moved, id)
  return to?.index === from.index ? blocks : moved
}

export function removeBlock(blocks: Blocks, id: string): Blocks {
  const from = placeOf(blocks, id)
  if (!from || blocks.find((block) => block.id === id)?.kind === 'footer') return blocks
  if (from.column === null) return blocks.filter((block) => block.id !== id)
  return changeColumn(blocks, from.column, (list) => list.filter((block) => block.id !== id))
}

/** Puts a copy below the block. */
export function duplicateBlock(blocks: Blocks, id: string): Blocks {
  const from = placeOf(blocks, id)
  const block = findBlock(blocks, id)
  if (!from || !block || isFrame(block)) return blocks
  return insertBlock(blocks, withId(block, nextNumber(blocks)), { ...from, index: from.index + 1 })
}

/** Replaces the block that has the same id. */
export function editBlock(blocks: Blocks, edited: Block): Blocks {
  return blocks.map((block) => {
    if (block.id === edited.id) return edited
    if (block.kind !== 'columns') return block
    const columns = block.columns.map((list) =>
      list.map((inner) => (inner.id === edited.id ? asContent(edited, inner) : inner)),
    )
    return { ...block, columns }
  })
}

export function findBlock(blocks: Blocks, id: string): Block | null {
  return allBlocks(blocks).find((block) => block.id === id) ?? null
}

export function placeOf(blocks: Blocks, id: string): Place | null {
  const index = blocks.findIndex((block) => block.id === id)
  if (index >= 0) return { index, column: null }
  for (const block of blocks) {
    if (block.kind !== 'columns') continue
    for (const [number, list] of block.columns.entries()) {
      const inner = list.findIndex((each) => each.id === id)
      if (inner >= 0) return { index: inner, column: { of: block.id, number } }
    }
  }
  return null
}

const isFrame = (block: Block) => block.kind === 'header' || block.kind === 'footer'
const hasHeader = (blocks: Blocks) => blocks[0]?.kind === 'header'
const within = (index: number, least: number, most: number) => Math.min(Math.max(index, least), most)
const nextNumber = (blocks: Blocks) =>
  allBlocks(blocks).reduce((highest, { id }) => Math.max(highest, Number(id.slice(1))), 0) + 1

function spliced<Each>(list: readonly Each[], index: number, added: Each): Each[] {
  return [...list.slice(0, index), added, ...list.slice(index)]
}

function changeColumn(
  blocks: Blocks,
  { of, number }: { of: string; number: number },
  change: (list: ContentBlock[]) => ContentBlock[],
): Blocks {
  let isChanged = false
  const changed = blocks.map((block) => {
    if (block.id !== of || block.kind !== 'columns') return block
    const columns = block.columns.map((list, index) => (index === number ? change(list) : list))
    isChanged = columns.some((list, index) => list !== block.columns[index])
    return { ...block, columns }
  })
  return isChanged ? changed : blocks
}

/** The block and what stands in it, numbered from `first`. */
function withId<Each extends object>(block: Each, first: number): Each & { id: string } {
  let next = first
  const numbered = { ...block, id: `b${next}` }
  if (!('columns' in numbered) || !Array.isArray(numbered.columns)) return numbered
  const columns = numbered.columns.map((list: ContentBlock[]) =>
    list.map((inner) => {
      next += 1
      return { ...inner, id: `b${next}` }
    }),
  )
  return { ...numbered, columns }
}

function asContent(edited: Block, otherwise: ContentBlock): ContentBlock {
  const parsed = contentBlockSchema.safeParse(edited)
  return parsed.success ? parsed.data : otherwise
}
