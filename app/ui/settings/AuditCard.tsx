// The latest changes that somebody made by hand.
import { BlockStack, Card, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

export interface AuditCardLine {
  id: number
  at: string
  actor: string
  action: string
  subject: string
}

export function AuditCard({ lines }: { lines: readonly AuditCardLine[] }) {
  const { t } = useTranslation('settings')
  const format = useFormat()
  return (
    <Card>
      {lines.length === 0 ? (
        <Text as="p" tone="subdued">
          {t('audit.empty')}
        </Text>
      ) : (
        <BlockStack gap="300">
          {lines.map(({ id, at, actor, action, subject }) => (
            <BlockStack key={id}>
              <Text as="p">{`${action} (${subject})`}</Text>
              <Text as="p" tone="subdued" variant="bodySm">
                {`${format.dateTime(at)} · ${actor}`}
              </Text>
            </BlockStack>
          ))}
        </BlockStack>
      )}
    </Card>
  )
}
