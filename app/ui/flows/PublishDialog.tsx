// Asks before a draft goes live: what changes, and what happens to those on their way.
import { BlockStack, ChoiceList, Modal, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Definition } from '#app/flows/definition.ts'
import { differenceBetween, isSame } from '#app/flows/editing/difference.ts'
import type { Waiting } from '#app/flows/publish-flow.server.ts'
import type { FlowWords } from './flow-words.ts'
import { useSay } from './use-say.ts'

export interface PublishDialogProps {
  isOpen: boolean
  isBusy: boolean
  live: Definition | null
  draft: Definition
  waiting: number
  words: FlowWords
  error: string | undefined
  onPublish(waiting: Waiting): void
  onClose(): void
}

const choices: readonly Waiting[] = ['keep', 'move', 'leave']

export function PublishDialog(props: PublishDialogProps) {
  const { isOpen, isBusy, live, draft, waiting, words, error, onPublish, onClose } = props
  const { t } = useTranslation(['flows', 'common'])
  const [choice, setChoice] = useState<Waiting>('keep')
  return (
    <Modal
      open={isOpen}
      onClose={onClose}
      title={t('publish.title')}
      primaryAction={{ content: t('publish.action'), loading: isBusy, onAction: () => onPublish(choice) }}
      secondaryActions={[{ content: t('common:action.cancel'), onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {live ? <Changes live={live} draft={draft} words={words} /> : <Text as="p">{t('publish.first')}</Text>}
          {waiting > 0 && live && (
            <ChoiceList
              title={t('publish.waiting', { count: waiting })}
              choices={choices.map((value) => ({
                value,
                label: t(`publish.${value}`),
                ...(value === 'move' && { helpText: t('publish.moveHelp') }),
              }))}
              selected={[choice]}
              onChange={([value]) => setChoice(choices.find((each) => each === value) ?? 'keep')}
            />
          )}
          {error && (
            <Text as="p" tone="critical">
              {error}
            </Text>
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  )
}

function Changes({ live, draft, words }: { live: Definition; draft: Definition; words: FlowWords }) {
  const { t } = useTranslation('flows')
  const { word } = useSay()
  const difference = differenceBetween(live, draft)
  if (isSame(difference)) return <Text as="p">{t('publish.same')}</Text>
  const named = (definition: Definition, ids: readonly string[]) =>
    ids.map((id) => words.step(definition, id)).join('; ')
  const lines = [
    ...(difference.added.length > 0 ? [t('publish.added', { steps: named(draft, difference.added) })] : []),
    ...(difference.removed.length > 0 ? [t('publish.removed', { steps: named(live, difference.removed) })] : []),
    ...(difference.changed.length > 0 ? [t('publish.changed', { steps: named(draft, difference.changed) })] : []),
    ...(difference.settings.length > 0
      ? [t('publish.settings', { parts: difference.settings.map((part) => word(`field.${part}`, part)).join(', ') })]
      : []),
  ]
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm">
        {t('publish.changes')}
      </Text>
      {lines.map((line) => (
        <Text as="p" key={line}>
          {line}
        </Text>
      ))}
    </BlockStack>
  )
}
