// How far the import of the shop's past is, and how long it will take.
import { BlockStack, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

export interface SyncCardLine {
  resource: string
  state: string
  rowsDone: number
  rowsTotal: number | null
  startedAt: string
  watermark: string | null
  error: string | null
}

export function SyncCard({ lines, now }: { lines: readonly SyncCardLine[]; now: string }) {
  const { t } = useTranslation('health')
  const tell = useTold(now)
  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            {t('sync.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('sync.text')}
          </Text>
        </BlockStack>
        {lines.length === 0 && <Text as="p">{t('sync.none')}</Text>}
        {lines.map((line) => (
          <BlockStack key={line.resource} gap="100">
            <InlineStack align="space-between" gap="200">
              <Text as="h3" variant="headingSm">
                {isKnown(line.resource) ? t(`sync.${line.resource}`) : line.resource}
              </Text>
              <Text as="span" {...(line.state === 'failed' && { tone: 'critical' })}>
                {tell(line)}
              </Text>
            </InlineStack>
            {line.state === 'importing' && line.rowsTotal !== null && (
              <ProgressBar size="small" tone="primary" progress={(100 * line.rowsDone) / Math.max(1, line.rowsTotal)} />
            )}
            {line.state === 'failed' && <Text as="p">{t('sync.failedAction')}</Text>}
          </BlockStack>
        ))}
      </BlockStack>
    </Card>
  )
}

function useTold(now: string) {
  const { t } = useTranslation('health')
  const { t: tCommon } = useTranslation()
  const format = useFormat()
  return ({ state, rowsDone, rowsTotal, startedAt, watermark, error }: SyncCardLine): string => {
    if (state === 'failed') return t('sync.failed', { error: error ?? '' })
    if (state === 'waiting') return t('sync.waiting')
    if (state === 'exporting') return t('sync.exporting')
    const done = format.number(rowsDone)
    if (state === 'done') return t('sync.done', { done, when: format.dateTime(watermark ?? startedAt) })
    const counts = { done, total: format.number(rowsTotal ?? 0) }
    const elapsedMs = new Date(now).getTime() - new Date(startedAt).getTime()
    if (!rowsTotal || rowsDone === 0) return t('sync.importingPlain', counts)
    const minutes = Math.max(1, Math.round((elapsedMs * (rowsTotal - rowsDone)) / rowsDone / 60_000))
    return t('sync.importing', { ...counts, left: tCommon('duration.minutes', { count: minutes }) })
  }
}

const known = ['customers', 'products', 'orders'] as const
const isKnown = (resource: string): resource is (typeof known)[number] => known.some((name) => name === resource)
