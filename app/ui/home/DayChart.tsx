// Thirty days as bars, drawn by hand: a chart library would be most of what this page loads. Also to be had as a table.
import { BlockStack, Button, DataTable, InlineStack, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

const height = 120
const barWidth = 20
const gap = 6
const dayMs = 86_400_000

export function DayChart({ values, today }: { values: readonly number[]; today: string }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const [isTable, setIsTable] = useState(false)
  const most = Math.max(1, ...values)
  const dayOf = (place: number) =>
    format.date(new Date(new Date(today).getTime() - (values.length - 1 - place) * dayMs))
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center">
        <Text as="h3" variant="headingSm">
          {t('results.chart')}
        </Text>
        <Button variant="plain" onClick={() => setIsTable(!isTable)}>
          {t(isTable ? 'results.asChart' : 'results.asTable')}
        </Button>
      </InlineStack>
      {isTable ? (
        <DataTable
          columnContentTypes={['text', 'numeric']}
          headings={[t('results.day'), t('results.delivered')]}
          rows={values.map((value, place) => [dayOf(place), format.number(value)]).reverse()}
        />
      ) : (
        <>
          <svg
            role="img"
            aria-label={t('results.chartLabel', { most: format.number(most) })}
            viewBox={`0 0 ${values.length * (barWidth + gap) - gap} ${height}`}
            width="100%"
            height={height}
            preserveAspectRatio="none"
          >
            {values.map((value, place) => {
              const top = height - Math.max(2, (value / most) * height)
              return (
                <rect
                  key={dayOf(place)}
                  x={place * (barWidth + gap)}
                  y={top}
                  width={barWidth}
                  height={height - top}
                  rx={2}
                  fill={value > 0 ? 'var(--p-color-bg-fill-info)' : 'var(--p-color-bg-fill-tertiary)'}
                >
                  <title>{`${dayOf(place)}: ${format.number(value)}`}</title>
                </rect>
              )
            })}
          </svg>
          <InlineStack align="space-between">
            <Text as="span" tone="subdued" variant="bodySm">
              {dayOf(0)}
            </Text>
            <Text as="span" tone="subdued" variant="bodySm">
              {dayOf(values.length - 1)}
            </Text>
          </InlineStack>
        </>
      )}
    </BlockStack>
  )
}
