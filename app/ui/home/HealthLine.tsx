// How Tern itself is doing, in one line.
import { Card, InlineStack, Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

export interface HealthLineProps {
  lastDeliveryAt: string | null
  oldestOrderAt: string | null
  waitingMails: number
  setAside: number
  isImporting: boolean
  now: string
}

/** Work that is being done at this moment is no lag. */
const lagMs = 120_000

export function HealthLine({
  lastDeliveryAt,
  oldestOrderAt,
  waitingMails,
  setAside,
  isImporting,
  now,
}: HealthLineProps) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const isBehind = oldestOrderAt !== null && new Date(now).getTime() - new Date(oldestOrderAt).getTime() > lagMs
  const sentences = [
    lastDeliveryAt ? t('health.lastDelivery', { when: format.relative(lastDeliveryAt, now) }) : t('health.noDelivery'),
    isBehind ? t('health.ordersBehind', { when: format.dateTime(oldestOrderAt) }) : t('health.ordersCurrent'),
    waitingMails > 0 ? t('health.waiting', { count: waitingMails }) : t('health.nothingWaits'),
    setAside > 0 ? t('health.setAside', { count: setAside }) : t('health.nothingSetAside'),
    ...(isImporting ? [t('health.importing')] : []),
  ]
  return (
    <Card>
      <InlineStack gap="200" align="space-between">
        <Text as="p">{sentences.join(' ')}</Text>
        <Link url="/app/health">{t('health.all')}</Link>
      </InlineStack>
    </Card>
  )
}
