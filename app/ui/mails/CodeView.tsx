// The MJML behind the blocks, for those who want it; and the way to go on in it.
import { BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { MailContent } from '#app/messages/design/mail-content.ts'

interface CodeViewProps {
  content: MailContent
  /** What the blocks become. */
  made: { mjml: string; text: string }
  onEdit(content: MailContent, typing?: string): void
}

export function CodeView({ content, made, onEdit }: CodeViewProps) {
  const { t } = useTranslation('mails')
  if (content.kind === 'mjml')
    return (
      <Card>
        <BlockStack gap="300">
          <Code label={t('code.mjml')} value={content.mjml} onChange={(mjml) => onEdit({ ...content, mjml }, 'mjml')} />
          <Code label={t('tab.text')} value={content.text} onChange={(text) => onEdit({ ...content, text }, 'text')} />
        </BlockStack>
      </Card>
    )
  const { subject, previewText } = content.design
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          {t('code.help')}
        </Text>
        <Code label={t('code.mjml')} value={made.mjml} />
        <InlineStack>
          <Button disabled={made.mjml === ''} onClick={() => onEdit({ kind: 'mjml', subject, previewText, ...made })}>
            {t('code.takeOver')}
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  )
}

function Code({ label, value, onChange }: { label: string; value: string; onChange?: (value: string) => void }) {
  return (
    <TextField
      label={label}
      value={value}
      multiline={14}
      maxHeight="60vh"
      monospaced
      autoComplete="off"
      spellCheck={false}
      {...(onChange ? { onChange } : { readOnly: true })}
    />
  )
}
