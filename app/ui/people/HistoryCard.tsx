// The history of a person, a page at a time, kept in the address like any list.
import { BlockStack, Card, InlineStack, Pagination, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { KeysetPage } from '#app/lib/keyset.ts'
import { useUrlFilters } from '#app/ui/use-url-filters.ts'
import { type TimelineLine, TimelineList } from './TimelineList.tsx'

export function HistoryCard({ timeline }: { timeline: KeysetPage<TimelineLine> }) {
  const { t } = useTranslation('profiles')
  const url = useUrlFilters()
  const { rows, next, previous } = timeline
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('timeline')}
        </Text>
        {rows.length === 0 && (
          <Text as="p" tone="subdued">
            {t('noTimeline')}
          </Text>
        )}
        <TimelineList lines={rows} />
        {(next !== null || previous !== null) && (
          <InlineStack align="center">
            <Pagination
              accessibilityLabel={t('timeline')}
              hasNext={next !== null}
              nextTooltip={t('older')}
              onNext={() => next !== null && url.turn('after', next)}
              hasPrevious={previous !== null}
              previousTooltip={t('newer')}
              onPrevious={() => previous !== null && url.turn('before', previous)}
            />
          </InlineStack>
        )}
      </BlockStack>
    </Card>
  )
}
