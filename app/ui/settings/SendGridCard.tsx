// The shop's SendGrid account: its key, checked before it is kept, and the reports of what becomes of mails.
import { useFetcher } from '@remix-run/react'
import { Badge, BlockStack, Button, Card, InlineError, InlineStack, Text, TextField } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'

export function SendGridCard({ hasOwnKey, hasEvents }: { hasOwnKey: boolean; hasEvents: boolean }) {
  const { t } = useTranslation('settings')
  const errorText = useFieldErrorText()
  const saving = useFetcher<ActionAnswer<{ missing: string[] }>>()
  const events = useFetcher<ActionAnswer>()
  const [apiKey, setApiKey] = useState('')
  const answer = saving.data
  const keyError = answer && !answer.ok ? errorText(answer.errors.apiKey) : undefined
  const eventsError = events.data && !events.data.ok ? errorText(events.data.errors['']) : undefined
  const missing = answer?.ok ? answer.result.missing : []
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {t('sendgrid.title')}
          </Text>
          <Badge {...(hasOwnKey && { tone: 'success' })}>
            {t(hasOwnKey ? 'sendgrid.connected' : 'sendgrid.notConnected')}
          </Badge>
        </InlineStack>
        <saving.Form method="post">
          <input type="hidden" name="intent" value="saveKey" />
          <BlockStack gap="200">
            <TextField
              label={t('sendgrid.key')}
              name="apiKey"
              type="password"
              autoComplete="off"
              value={apiKey}
              onChange={setApiKey}
              helpText={t('sendgrid.keyHelp')}
              error={keyError}
            />
            <InlineStack gap="200" blockAlign="center">
              <Button submit disabled={apiKey === ''} loading={saving.state !== 'idle'}>
                {t('sendgrid.check')}
              </Button>
              <div role="status">{answer?.ok && <Text as="span">{t('sendgrid.saved')}</Text>}</div>
            </InlineStack>
            {missing.length > 0 && <Text as="p">{t('sendgrid.missing', { scopes: missing.join(', ') })}</Text>}
          </BlockStack>
        </saving.Form>
        {hasOwnKey && (
          <BlockStack gap="200">
            <Text as="h3" variant="headingSm">
              {t('sendgrid.events')}
            </Text>
            <Text as="p" tone="subdued">
              {t(hasEvents ? 'sendgrid.eventsOn' : 'sendgrid.eventsOff')}
            </Text>
            <InlineStack>
              <Button
                loading={events.state !== 'idle'}
                onClick={() => events.submit({ intent: 'setUpEvents' }, { method: 'post' })}
              >
                {t(hasEvents ? 'sendgrid.setUpEventsAgain' : 'sendgrid.setUpEvents')}
              </Button>
            </InlineStack>
            {eventsError && <InlineError fieldID="events" message={eventsError} />}
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  )
}
