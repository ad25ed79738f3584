// What stands in the inbox before the mail is opened.
import { BlockStack, Card, InlineGrid, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import { WordsField } from './WordsField.tsx'

interface EnvelopeProps {
  content: MailContent
  about: MailSubject
  sender: { fromName: string; fromEmail: string; replyTo: string | null } | null
  errorOf(field: string): string | undefined
  onEdit(content: MailContent, typing: string): void
}

export function Envelope({ content, about, sender, errorOf, onEdit }: EnvelopeProps) {
  const { t } = useTranslation('mails')
  const lines = content.kind === 'blocks' ? content.design : content
  const set = (field: 'subject' | 'previewText' | 'fromName' | 'replyTo', value: string | null) =>
    onEdit(
      content.kind === 'blocks'
        ? { ...content, design: { ...content.design, [field]: value } }
        : { ...content, [field]: value },
      field,
    )
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('envelope')}
        </Text>
        <WordsField
          label={t('field.subject')}
          value={lines.subject}
          about={about}
          error={errorOf('subject')}
          onChange={(value) => set('subject', value)}
        />
        <WordsField
          label={t('field.previewText')}
          value={lines.previewText}
          about={about}
          helpText={t('field.previewTextHelp')}
          error={errorOf('previewText')}
          onChange={(value) => set('previewText', value)}
        />
        {content.kind === 'blocks' && (
          <InlineGrid columns={{ xs: 1, sm: 2 }} gap="300">
            <TextField
              label={t('field.fromName')}
              value={content.design.fromName ?? ''}
              autoComplete="off"
              placeholder={sender?.fromName ?? ''}
              error={errorOf('fromName')}
              onChange={(value) => set('fromName', value === '' ? null : value)}
            />
            <TextField
              label={t('field.replyTo')}
              type="email"
              value={content.design.replyTo ?? ''}
              autoComplete="off"
              placeholder={sender?.replyTo ?? sender?.fromEmail ?? ''}
              error={errorOf('replyTo')}
              onChange={(value) => set('replyTo', value === '' ? null : value)}
            />
          </InlineGrid>
        )}
      </BlockStack>
    </Card>
  )
}
