// Asks once more before something is done that is hard to take back.
import { Modal, TitleBar } from '@shopify/app-bridge-react'
import { BlockStack, Box, InlineError, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { AskedIntent } from '#app/ui/use-intent.ts'

export interface ConfirmModalProps {
  isOpen: boolean
  onClose(): void
  title: string
  text: string
  confirm: string
  isDestructive?: boolean
  intent: AskedIntent
}

export function ConfirmModal({ isOpen, onClose, title, text, confirm, isDestructive, intent }: ConfirmModalProps) {
  const { t } = useTranslation()
  return (
    <Modal open={isOpen} onHide={onClose}>
      <Box padding="400">
        <BlockStack gap="200">
          <Text as="p">{text}</Text>
          {intent.error && <InlineError fieldID="confirm" message={intent.error} />}
        </BlockStack>
      </Box>
      <TitleBar title={title}>
        <button
          type="button"
          variant="primary"
          {...(isDestructive && { tone: 'critical' })}
          disabled={intent.isBusy}
          onClick={() => intent.ask()}
        >
          {confirm}
        </button>
        <button type="button" onClick={onClose}>
          {t('action.cancel')}
        </button>
      </TitleBar>
    </Modal>
  )
}
