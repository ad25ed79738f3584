// Sends the mail as it stands to oneself.
import { useFetcher } from '@remix-run/react'
import { BlockStack, Button, Card, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { MailContent } from '#app/messages/design/mail-content.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'

interface TestMailProps {
  content: MailContent
  example: string | null
  to: string
}

export function TestMail({ content, example, to: usual }: TestMailProps) {
  const { t } = useTranslation('mails')
  const fetcher = useFetcher<ActionAnswer<{ to: string }>>()
  const errorText = useFieldErrorText()
  const [to, setTo] = useState(usual)
  const answer = fetcher.state === 'idle' ? fetcher.data : undefined
  const [error] = answer?.ok === false ? [answer.errors.to, ...Object.values(answer.errors)].filter((each) => each) : []
  const send = () =>
    fetcher.submit(JSON.parse(JSON.stringify({ intent: 'test', content, example, to })), {
      method: 'post',
      encType: 'application/json',
    })
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('test.title')}
        </Text>
        <TextField
          label={t('test.to')}
          type="email"
          value={to}
          onChange={setTo}
          autoComplete="email"
          error={errorText(error)}
          connectedRight={
            <Button onClick={send} loading={fetcher.state !== 'idle'}>
              {t('test.send')}
            </Button>
          }
        />
        <div aria-live="polite">{answer?.ok && <Text as="p">{t('test.sent', { to: answer.result.to })}</Text>}</div>
      </BlockStack>
    </Card>
  )
}
