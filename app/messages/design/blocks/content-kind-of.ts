// Looks up what a block in a column is.
import type { BlockKind } from '#app/messages/design/block-kind.ts'
import { type ContentBlock, contentKinds } from './content-registry.ts'

// Methods may take a narrower parameter than their declaration says: each kind is only ever given its own blocks.
const kinds: Record<ContentBlock['kind'], BlockKind<ContentBlock>> = contentKinds

export const contentKindOf = (block: ContentBlock): BlockKind<ContentBlock> => kinds[block.kind]
