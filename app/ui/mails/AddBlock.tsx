// Offers the kinds of blocks that may stand here.
import { ActionList, Button, Popover } from '@shopify/polaris'
import { PlusIcon } from '@shopify/polaris-icons'
import { useState } from 'react'
import { contentKinds } from '#app/messages/design/blocks/content-registry.ts'
import { type BlockKindName, blockKinds } from '#app/messages/design/blocks/registry.ts'
import { useMailWords } from './words.ts'

interface AddBlockProps {
  label: string
  inColumn: boolean
  onAdd(kind: BlockKindName): void
}

const kinds = Object.keys(blockKinds) as BlockKindName[]

export function AddBlock({ label, inColumn, onAdd }: AddBlockProps) {
  const words = useMailWords()
  const [isOpen, setIsOpen] = useState(false)
  const offered = kinds.filter((kind) => (inColumn ? kind in contentKinds : kind !== 'footer'))
  return (
    <Popover
      active={isOpen}
      onClose={() => setIsOpen(false)}
      activator={
        <Button icon={PlusIcon} size={inColumn ? 'micro' : 'medium'} onClick={() => setIsOpen(!isOpen)}>
          {label}
        </Button>
      }
    >
      <ActionList
        items={offered.map((kind) => ({
          content: words(`block.${kind}`),
          onAction() {
            setIsOpen(false)
            onAdd(kind)
          },
        }))}
      />
    </Popover>
  )
}
