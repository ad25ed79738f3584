// The blocks of a mail from top to bottom: put in order by dragging or by keyboard, and opened to be edited.
import {
  type Active,
  closestCenter,
  DndContext,
  type DragEndEvent,
  KeyboardSensor,
  type Over,
  PointerSensor,
  type UniqueIdentifier,
  useDroppable,
  useSensor,
  useSensors,
} from '@dnd-kit/core'
import { SortableContext, sortableKeyboardCoordinates, verticalListSortingStrategy } from '@dnd-kit/sortable'
import { BlockStack, Box, Card, InlineStack, Text } from '@shopify/polaris'
import { type ReactNode, useId } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { Block } from '#app/messages/design/blocks/registry.ts'
import { findBlock, insertBlock, moveBlock, newBlock, type Place, placeOf } from '#app/messages/design/edit-design.ts'
import { AddBlock } from './AddBlock.tsx'
import { BlockRow } from './BlockRow.tsx'
import type { DesignEditing } from './editor-state.ts'
import { useMailWords } from './words.ts'

interface BlockListProps {
  editing: DesignEditing
  about: MailSubject
}

export function BlockList({ editing, about }: BlockListProps) {
  const { t } = useTranslation('mails')
  const { blocks } = editing.design
  const sensors = useSensors(
    // A click on the handle is no drag.
    useSensor(PointerSensor, { activationConstraint: { distance: 4 } }),
    useSensor(KeyboardSensor, { coordinateGetter: sortableKeyboardCoordinates }),
  )
  const accessibility = useSpokenMoves(blocks)
  const add = (kind: Block['kind'], place: Place) => {
    const block = newBlock(blocks, kind, about)
    editing.changeBlocks(insertBlock(blocks, block, place))
    editing.choose(block.id)
  }
  const drop = ({ active, over }: DragEndEvent) => {
    const place = over && placeOfDrop(blocks, String(active.id), String(over.id))
    if (place) editing.changeBlocks(moveBlock(blocks, String(active.id), place))
  }
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('blocks.title')}
          </Text>
          <AddBlock label={t('blocks.add')} inColumn={false} onAdd={(kind) => add(kind, placeOfNew(editing))} />
        </InlineStack>
        <DndContext
          id={useId()}
          sensors={sensors}
          collisionDetection={closestCenter}
          accessibility={accessibility}
          onDragEnd={drop}
        >
          <Rows blocks={blocks} editing={editing} about={about} onAdd={add} />
        </DndContext>
      </BlockStack>
    </Card>
  )
}

interface RowsProps extends BlockListProps {
  blocks: readonly Block[]
  onAdd(kind: Block['kind'], place: Place): void
}

function Rows({ blocks, onAdd, ...props }: RowsProps) {
  return (
    <SortableContext items={blocks.map(({ id }) => id)} strategy={verticalListSortingStrategy}>
      <ul style={{ listStyle: 'none', margin: 0, padding: 0, display: 'grid', gap: '4px' }}>
        {blocks.map((block) => (
          <BlockRow key={block.id} block={block} {...props}>
            {block.kind === 'columns' && <Columns block={block} onAdd={onAdd} {...props} />}
          </BlockRow>
        ))}
      </ul>
    </SortableContext>
  )
}

function Columns({
  block,
  onAdd,
  ...props
}: Omit<RowsProps, 'blocks'> & { block: Extract<Block, { kind: 'columns' }> }) {
  const { t } = useTranslation('mails')
  return (
    <Box paddingInlineStart="400" paddingBlockStart="100">
      <BlockStack gap="200">
        {block.columns.map((column, number) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: a column is its place
          <ColumnBox key={number} id={`${block.id}/${number}`}>
            <InlineStack align="space-between" blockAlign="center">
              <Text as="span" variant="bodySm" tone="subdued">
                {t('blocks.column', { number: number + 1 })}
              </Text>
              <AddBlock
                label={t('blocks.addHere', { number: number + 1 })}
                inColumn
                onAdd={(kind) => onAdd(kind, { index: column.length, column: { of: block.id, number } })}
              />
            </InlineStack>
            <Rows blocks={column} onAdd={onAdd} {...props} />
          </ColumnBox>
        ))}
      </BlockStack>
    </Box>
  )
}

/** Also an empty column is somewhere to drop. */
function ColumnBox({ id, children }: { id: string; children: ReactNode }) {
  const { setNodeRef } = useDroppable({ id })
  return (
    <div ref={setNodeRef} style={{ borderInlineStart: '2px solid var(--p-color-border)', paddingInlineStart: '8px' }}>
      {children}
    </div>
  )
}

/** What a screen reader says while a block is moved. */
function useSpokenMoves(blocks: readonly Block[]) {
  const { t } = useTranslation('mails')
  const words = useMailWords()
  const nameOf = (id: UniqueIdentifier) => words(`block.${findBlock(blocks, String(id))?.kind ?? 'columns'}`)
  const placed = (key: 'over' | 'dropped', { active, over }: { active: Active; over: Over | null }) =>
    over
      ? t(`blocks.${key}`, { block: nameOf(active.id), other: nameOf(over.id) })
      : t('blocks.putBack', { block: nameOf(active.id) })
  return {
    screenReaderInstructions: { draggable: t('blocks.dragHelp') },
    announcements: {
      onDragStart: ({ active }: { active: Active }) => t('blocks.picked', { block: nameOf(active.id) }),
      onDragOver: (event: { active: Active; over: Over | null }) => placed('over', event),
      onDragEnd: (event: { active: Active; over: Over | null }) => placed('dropped', event),
      onDragCancel: ({ active }: { active: Active }) => t('blocks.putBack', { block: nameOf(active.id) }),
    },
  }
}

/** Below the open block, else above the footer. */
function placeOfNew({ chosen, design }: DesignEditing): Place {
  const at = chosen === null ? null : placeOf(design.blocks, chosen)
  return at?.column === null ? { index: at.index + 1, column: null } : { index: design.blocks.length - 1, column: null }
}

/** Before what is passed on the way up, after it on the way down; at the end of an empty column. */
function placeOfDrop(blocks: readonly Block[], moved: string, over: string): Place | null {
  const [of, number] = over.split('/')
  if (number !== undefined) return { index: Number.MAX_SAFE_INTEGER, column: { of: of ?? '', number: Number(number) } }
  const from = placeOf(blocks, moved)
  const to = placeOf(blocks, over)
  if (!from || !to || moved === over) return null
  const isSameList = from.column?.of === to.column?.of && from.column?.number === to.column?.number
  return isSameList && from.index < to.index ? { ...to, index: to.index + 1 } : to
}
