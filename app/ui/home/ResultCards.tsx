// The numbers of the last 30 days beside those before, each with what it means.
import { BlockStack, Box, Card, InlineGrid, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { changeOf, type Results, rateOf } from '#app/insights/results.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { DayChart } from './DayChart.tsx'

export interface ResultCardsProps {
  now: Results
  before: Results
  perDay: readonly Results[]
  attributionDays: number
  today: string
}

export function ResultCards({ now, before, perDay, attributionDays, today }: ResultCardsProps) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const rate = (part: number, results: Results) => rateOf(part, results) ?? 0
  const days = { count: attributionDays }
  const numbers = [
    {
      name: 'delivered',
      now: now.delivered,
      before: before.delivered,
      text: format.number(now.delivered),
      meaning: t('results.deliveredMeaning'),
    },
    {
      name: 'clickRate',
      now: rate(now.clicked, now),
      before: rate(before.clicked, before),
      text: format.percent(rate(now.clicked, now)),
      meaning: t('results.clickRateMeaning'),
    },
    {
      name: 'orders',
      now: now.orders,
      before: before.orders,
      text: format.number(now.orders),
      meaning: t('results.ordersMeaning', days),
    },
    {
      name: 'revenue',
      now: now.revenueMinor,
      before: before.revenueMinor,
      text: format.money(now.revenueMinor),
      meaning: t('results.revenueMeaning'),
    },
    {
      name: 'unsubscribed',
      now: now.unsubscribed,
      before: before.unsubscribed,
      text: format.number(now.unsubscribed),
      meaning: t('results.unsubscribedMeaning'),
    },
    {
      name: 'complained',
      now: now.complained,
      before: before.complained,
      text: format.number(now.complained),
      meaning: t('results.complainedMeaning'),
    },
  ] as const
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('results.title')}
          </Text>
          <Text as="p" tone="subdued">
            {t('results.comparison')}
          </Text>
        </InlineStack>
        {now.delivered + before.delivered === 0 ? (
          <Box paddingBlock="400">
            <BlockStack gap="100" inlineAlign="center">
              <Text as="h3" variant="headingSm">
                {t('results.emptyTitle')}
              </Text>
              <Text as="p" tone="subdued" alignment="center">
                {t('results.emptyText')}
              </Text>
            </BlockStack>
          </Box>
        ) : (
          <>
            <InlineGrid columns={{ xs: 1, sm: 2, md: 3 }} gap="400">
              {numbers.map((number) => (
                <BlockStack key={number.name} gap="100">
                  <Text as="h3" variant="headingSm">
                    {t(`results.${number.name}`)}
                  </Text>
                  <InlineStack gap="200" blockAlign="baseline">
                    <Text as="p" variant="headingLg">
                      {number.text}
                    </Text>
                    <Change now={number.now} before={number.before} />
                  </InlineStack>
                  <Text as="p" tone="subdued" variant="bodySm">
                    {number.meaning}
                  </Text>
                </BlockStack>
              ))}
            </InlineGrid>
            <DayChart values={perDay.map(({ delivered }) => delivered)} today={today} />
          </>
        )}
      </BlockStack>
    </Card>
  )
}

function Change({ now, before }: { now: number; before: number }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const change = changeOf(now, before)
  const share = format.percent(Math.abs(change ?? 0))
  const text =
    change === null
      ? t('results.noComparison')
      : change === 0
        ? t('results.same')
        : t(change > 0 ? 'results.up' : 'results.down', { share })
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {text}
    </Text>
  )
}
