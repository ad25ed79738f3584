// What only the merchant can put right, each with the way to it.
import { BlockStack, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Need } from '#app/insights/needs.ts'

export function Needs({ needs }: { needs: readonly Need[] }) {
  const { t } = useTranslation('home')
  if (needs.length === 0) return null
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('needs.title')}
        </Text>
        {needs.map(({ kind, count, to }) => {
          const text = kind === 'sender' || kind === 'key' ? t(`needs.${kind}`) : t(`needs.${kind}`, { count })
          return (
            <InlineStack key={kind} align="space-between" blockAlign="center" gap="200" wrap={false}>
              <Text as="p">{text}</Text>
              <Button url={to} accessibilityLabel={`${t('needs.look')}: ${text}`}>
                {t('needs.look')}
              </Button>
            </InlineStack>
          )
        })}
      </BlockStack>
    </Card>
  )
}
