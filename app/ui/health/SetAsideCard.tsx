// What could not be processed, with the reason and another try.
import { useFetcher } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

export interface SetAsideLine {
  id: number
  source: string
  topic: string
  setAsideAt: string
  error: string
}

export function SetAsideCard({ lines }: { lines: readonly SetAsideLine[] }) {
  const { t } = useTranslation('health')
  const format = useFormat()
  const retrying = useFetcher()
  const retry = (inboxId: string) => retrying.submit({ intent: 'retry', inboxId }, { method: 'post' })
  const isBusy = retrying.state !== 'idle'
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('setAside.title')}
          </Text>
          {lines.length > 1 && (
            <Button loading={isBusy} onClick={() => retry('')}>
              {t('setAside.retryAll')}
            </Button>
          )}
        </InlineStack>
        <Text as="p" tone="subdued">
          {t(lines.length === 0 ? 'setAside.none' : 'setAside.text')}
        </Text>
        {lines.map(({ id, source, topic, setAsideAt, error }) => (
          <InlineStack key={id} align="space-between" blockAlign="center" gap="200" wrap={false}>
            <BlockStack>
              <Text as="h3" variant="headingSm">{`${source}: ${topic}`}</Text>
              <Text as="p" breakWord>
                {error}
              </Text>
              <Text as="p" tone="subdued">
                {t('setAside.since', { when: format.dateTime(setAsideAt) })}
              </Text>
            </BlockStack>
            <Button
              disabled={isBusy}
              accessibilityLabel={`${t('setAside.retry')}: ${topic}`}
              onClick={() => retry(String(id))}
            >
              {t('setAside.retry')}
            </Button>
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  )
}
