// Every kind of block that a mail can be made of. A new one is a file and a line here, or in content-registry.ts.
import { z } from 'zod'
import type { BlockKind } from '#app/messages/design/block-kind.ts'
import { columns } from './columns.ts'
import { contentBlockSchema, contentKinds } from './content-registry.ts'
import { footer } from './footer.ts'
import { header } from './header.ts'
import { items } from './items.ts'

export const blockKinds = { header, ...contentKinds, items, columns, footer }

export const blockSchema = z.discriminatedUnion('kind', [
  contentBlockSchema,
  header.schema,
  items.schema,
  columns.schema,
  footer.schema,
])
export type Block = z.output<typeof blockSchema>
/** A block as it may be written, defaults left out. */
export type BlockInput = z.input<typeof blockSchema>

export type BlockKindName = Block['kind']

// Methods may take a narrower parameter than their declaration says: each kind is only ever given its own blocks.
const kinds: Record<Block['kind'], BlockKind<Block>> = blockKinds

export const kindOfBlock = (block: Pick<Block, 'kind'>): BlockKind<Block> => kinds[block.kind]
