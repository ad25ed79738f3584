// However an author moves blocks about, a mail stays a mail.
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { anyDesign } from '#tests/builders/mail-designs.ts'
import { type Block, type BlockKindName, blockKinds } from './blocks/registry.ts'
import {
  duplicateBlock,
  editBlock,
  findBlock,
  insertBlock,
  moveBlock,
  moveBlockBy,
  newBlock,
  type Place,
  placeOf,
  removeBlock,
} from './edit-design.ts'
import { allBlocks, mailDesignSchema } from './mail-design.ts'
import { newDesign } from './new-design.ts'

type Blocks = readonly Block[]

const somePlace: fc.Arbitrary<Place> = fc.record({
  index: fc.integer({ min: -2, max: 12 }),
  column: fc.option(fc.record({ of: fc.constantFrom('b1', 'b2', 'b3', 'b4'), number: fc.integer({ min: 0, max: 3 }) })),
})
const someId = fc.integer({ min: 0, max: 12 }).map((number) => `b${number}`)
const someKind = fc.constantFrom(...(Object.keys(blockKinds) as BlockKindName[]))
const someEdit: fc.Arbitrary<(blocks: Blocks) => Blocks> = fc.oneof(
  fc.tuple(someKind, somePlace).map(
    ([kind, place]) =>
      (blocks: Blocks) =>
        insertBlock(blocks, newBlock(blocks, kind, 'cart'), place),
  ),
  fc.tuple(someId, somePlace).map(
    ([id, place]) =>
      (blocks: Blocks) =>
        moveBlock(blocks, id, place),
  ),
  fc.tuple(someId, fc.constantFrom(-1 as const, 1 as const)).map(
    ([id, step]) =>
      (blocks: Blocks) =>
        moveBlockBy(blocks, id, step),
  ),
  someId.map((id) => (blocks: Blocks) => removeBlock(blocks, id)),
  someId.map((id) => (blocks: Blocks) => duplicateBlock(blocks, id)),
)

test('after any edits the mail can be saved', () => {
  fc.assert(
    fc.property(anyDesign, fc.array(someEdit, { maxLength: 15 }), (design, edits) => {
      const blocks = edits.reduce((all: Blocks, edit) => edit(all), design.blocks)
      expect(mailDesignSchema.safeParse({ ...design, blocks }).error).toBeUndefined()
    }),
  )
})

test('moving loses no block and changes none', () => {
  fc.assert(
    fc.property(anyDesign, someId, somePlace, ({ blocks }, id, place) => {
      const sorted = (all: Blocks) =>
        allBlocks(all)
          .map((block) => JSON.stringify(block.kind === 'columns' ? block.id : block))
          .sort()
      expect(sorted(moveBlock(blocks, id, place))).toEqual(sorted(blocks))
    }),
  )
})

test('one step down and one up again is where it was', () => {
  const down = moveBlockBy(letter.blocks, 'b2', 1)
  expect(orderOf(down)).toEqual(['b1', 'b3', 'b2', 'b4', 'b5'])
  expect(moveBlockBy(down, 'b2', -1)).toEqual(letter.blocks)
})

test('nothing goes above the header or below the footer', () => {
  expect(moveBlockBy(letter.blocks, 'b2', -1)).toBe(letter.blocks)
  expect(moveBlockBy(letter.blocks, 'b4', 1)).toBe(letter.blocks)
  expect(orderOf(moveBlock(letter.blocks, 'b4', { index: 0, column: null }))).toEqual(['b1', 'b4', 'b2', 'b3', 'b5'])
  expect(removeBlock(letter.blocks, 'b5')).toBe(letter.blocks)
  expect(duplicateBlock(letter.blocks, 'b1')).toBe(letter.blocks)
})

test('a block goes into a column and out of it; one that takes the whole width does not', () => {
  const columns = newBlock(letter.blocks, 'columns', 'cart')
  const withColumns = insertBlock(letter.blocks, columns, { index: 2, column: null })
  const inside = moveBlock(withColumns, 'b2', { index: 0, column: { of: columns.id, number: 1 } })
  expect(placeOf(inside, 'b2')).toEqual({ index: 0, column: { of: columns.id, number: 1 } })
  expect(moveBlock(inside, columns.id, { index: 0, column: { of: columns.id, number: 0 } })).toBe(inside)
  const out = moveBlock(inside, 'b2', { index: 1, column: null })
  expect(placeOf(out, 'b2')).toEqual({ index: 1, column: null })
})

test('a copy of columns shares no id with what it was copied from', () => {
  const columns = { ...newBlock(letter.blocks, 'columns', 'cart') }
  const filled = insertBlock(letter.blocks, columns, { index: 2, column: null })
  const inside = moveBlock(filled, 'b2', { index: 0, column: { of: columns.id, number: 0 } })
  const ids = allBlocks(duplicateBlock(inside, columns.id)).map(({ id }) => id)
  expect(new Set(ids).size).toBe(ids.length)
  expect(ids).toHaveLength(8)
})

test('an edit changes the one block', () => {
  const text = findBlock(letter.blocks, 'b3')!
  const changed = editBlock(letter.blocks, { ...text, kind: 'text', text: 'new', tone: 'quiet', align: 'left' })
  expect(changed.filter((block, index) => block !== letter.blocks[index])).toMatchObject([{ id: 'b3', text: 'new' }])
})

const letter = newDesign({
  subject: 'Hello',
  previewText: '',
  about: 'cart',
  blocks: [{ kind: 'heading', text: 'Hello' }, { kind: 'text', text: 'old' }, { kind: 'divider' }],
})

const orderOf = (blocks: Blocks) => blocks.map(({ id }) => id)
