// The text part: made from the blocks, or written by hand.
import { Banner, BlockStack, Button, Card, InlineStack, Text, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { MailSubject } from '#app/messages/design/block-kind.ts'
import type { DesignEditing } from './editor-state.ts'
import { WordsField } from './WordsField.tsx'

interface TextPartProps {
  editing: DesignEditing
  about: MailSubject
  /** As the blocks make it. */
  made: string
}

export function TextPart({ editing, about, made }: TextPartProps) {
  const { t } = useTranslation('mails')
  const { text } = editing.design
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="p" tone="subdued">
          {t('textPart.help')}
        </Text>
        {text === null ? (
          <>
            <TextField label={t('textPart.made')} value={made} multiline={12} readOnly autoComplete="off" />
            <InlineStack>
              <Button onClick={() => editing.change({ text: made })}>{t('textPart.byHand')}</Button>
            </InlineStack>
          </>
        ) : (
          <>
            <Banner tone="info">
              <p>{t('textPart.byHandHint')}</p>
            </Banner>
            <WordsField
              label={t('tab.text')}
              value={text}
              about={about}
              lines={12}
              onChange={(typed) => editing.change({ text: typed }, 'text')}
            />
            <InlineStack>
              <Button onClick={() => editing.change({ text: null })}>{t('textPart.make')}</Button>
            </InlineStack>
          </>
        )}
      </BlockStack>
    </Card>
  )
}
