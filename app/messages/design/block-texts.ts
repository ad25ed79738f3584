// Everything in a mail that somebody typed, each with its place: what checks go through.
import type { FieldSpec } from './block-kind.ts'
import { type Block, kindOfBlock } from './blocks/registry.ts'
import { allBlocks, type MailDesign } from './mail-design.ts'

export interface TypedText {
  /** Null: not in a block. */
  block: string | null
  field: string
  type: 'text' | 'line' | 'plain' | 'url' | 'image'
  text: string
}

export function typedTexts(design: MailDesign): TypedText[] {
  const lines = (['subject', 'previewText'] as const).map(
    (field): TypedText => ({ block: null, field, type: 'line', text: design[field] }),
  )
  const byHand: TypedText[] =
    design.text === null ? [] : [{ block: null, field: 'text', type: 'text', text: design.text }]
  return [...lines, ...allBlocks(design.blocks).flatMap(textsOfBlock), ...byHand]
}

function textsOfBlock(block: Block): TypedText[] {
  if (block.kind === 'social')
    return block.links.map(({ network, url }) => ({ block: block.id, field: network, type: 'url', text: url }))
  const values: Record<string, unknown> = block
  return Object.entries(kindOfBlock(block).fields).flatMap(([field, spec]) => {
    const text = values[field]
    return isTyped(spec) && typeof text === 'string' ? [{ block: block.id, field, type: spec.type, text }] : []
  })
}

function isTyped(spec: FieldSpec): spec is FieldSpec & { type: TypedText['type'] } {
  return ['text', 'line', 'plain', 'url', 'image'].includes(spec.type)
}
