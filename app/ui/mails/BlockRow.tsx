// One block in the list: what it is, how it begins, how it is moved, and its form when it is open.
import { useSortable } from '@dnd-kit/sortable'
import { Box, Button, ButtonGroup, Icon, InlineStack, Text } from '@shopify/polaris'
import { ArrowDownIcon, ArrowUpIcon, DeleteIcon, DragHandleIcon, DuplicateIcon } from '@shopify/polaris-icons'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { Block } from '#app/messages/design/blocks/registry.ts'
import { duplicateBlock, editBlock, moveBlockBy, removeBlock } from '#app/messages/design/edit-design.ts'
import { BlockForm } from './BlockForm.tsx'
import type { DesignEditing } from './editor-state.ts'
import { useMailWords } from './words.ts'

interface BlockRowProps {
  block: Block
  editing: DesignEditing
  about: MailSubject
  children: ReactNode
}

export function BlockRow({ block, editing, about, children }: BlockRowProps) {
  const { t } = useTranslation('mails')
  const words = useMailWords()
  const isFrame = block.kind === 'header' || block.kind === 'footer'
  const { attributes, listeners, setNodeRef, setActivatorNodeRef, transform, transition, isDragging } = useSortable({
    id: block.id,
    disabled: isFrame,
  })
  const isOpen = editing.chosen === block.id
  const name = words(`block.${block.kind}`)
  const begins = beginningOf(block)
  return (
    <li
      ref={setNodeRef}
      style={{
        transform: transform ? `translate3d(0, ${transform.y}px, 0)` : undefined,
        transition,
        position: 'relative',
        zIndex: isDragging ? 1 : undefined,
      }}
    >
      <Box
        background={isDragging ? 'bg-surface-hover' : 'bg-surface'}
        borderColor={isOpen ? 'border-emphasis' : 'border'}
        borderWidth="025"
        borderRadius="200"
        padding="200"
      >
        <InlineStack gap="200" blockAlign="center" wrap={false}>
          {!isFrame && (
            <button
              type="button"
              ref={setActivatorNodeRef}
              {...attributes}
              {...listeners}
              aria-label={t('blocks.drag', { block: name })}
              style={{ cursor: 'grab', background: 'none', border: 0, padding: '4px', touchAction: 'none' }}
            >
              <Icon source={DragHandleIcon} tone="subdued" />
            </button>
          )}
          <div style={{ flex: 1, minWidth: 0 }}>
            <button
              type="button"
              id={`block-${block.id}`}
              aria-expanded={isOpen}
              onClick={() => editing.choose(isOpen ? null : block.id)}
              style={{ all: 'unset', cursor: 'pointer', display: 'block', width: '100%', outline: 'revert' }}
            >
              <Text as="span" variant="bodyMd" fontWeight="medium" truncate>
                {name}
                {begins && (
                  <Text as="span" tone="subdued">
                    {' '}
                    {begins}
                  </Text>
                )}
              </Text>
            </button>
          </div>
          {isOpen && block.kind !== 'footer' && <RowActions block={block} editing={editing} isFrame={isFrame} />}
        </InlineStack>
        {children}
        {isOpen && (
          <Box paddingBlockStart="300">
            <BlockForm
              block={block}
              about={about}
              onChange={(edited, typing) => editing.changeBlocks(editBlock(editing.design.blocks, edited), typing)}
            />
          </Box>
        )}
      </Box>
    </li>
  )
}

function RowActions({ block: { id }, editing, isFrame }: { block: Block; editing: DesignEditing; isFrame: boolean }) {
  const { t } = useTranslation('mails')
  const { blocks } = editing.design
  const change = (changed: readonly Block[]) => editing.changeBlocks(changed)
  return (
    <ButtonGroup gap="tight" noWrap>
      {!isFrame && (
        <>
          <Button
            size="micro"
            icon={ArrowUpIcon}
            accessibilityLabel={t('blocks.up')}
            onClick={() => change(moveBlockBy(blocks, id, -1))}
          />
          <Button
            size="micro"
            icon={ArrowDownIcon}
            accessibilityLabel={t('blocks.down')}
            onClick={() => change(moveBlockBy(blocks, id, 1))}
          />
          <Button
            size="micro"
            icon={DuplicateIcon}
            accessibilityLabel={t('blocks.duplicate')}
            onClick={() => change(duplicateBlock(blocks, id))}
          />
        </>
      )}
      <Button
        size="micro"
        icon={DeleteIcon}
        accessibilityLabel={t('blocks.remove')}
        onClick={() => {
          change(removeBlock(blocks, id))
          editing.choose(null)
          // The focus would be lost with the button.
          document.getElementById(`block-${neighbourOf(blocks, id)}`)?.focus()
        }}
      />
    </ButtonGroup>
  )
}

const neighbourOf = (blocks: readonly Block[], id: string) => {
  const at = blocks.findIndex((block) => block.id === id)
  return (blocks[at + 1] ?? blocks[at - 1])?.id ?? blocks.at(-1)?.id
}

/** The first words of a block, without its Liquid. */
function beginningOf(block: Block): string {
  const text =
    'text' in block
      ? block.text
      : 'label' in block
        ? block.label
        : 'alt' in block
          ? block.alt
          : 'reason' in block
            ? block.reason
            : ''
  return text
    .replace(/\{%[\s\S]*?%\}/g, '')
    .replace(/\{\{[\s\S]*?\}\}/g, '…')
    .slice(0, 60)
}
