// The flows of a shop, and what came of each in the last 30 days.
import {
  Badge,
  BlockStack,
  Box,
  Button,
  Card,
  IndexTable,
  InlineStack,
  Link,
  Text,
  useBreakpoints,
} from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { Results } from '#app/insights/results.ts'
import { useFormat } from '#app/ui/frame-data.ts'

export interface FlowAtAGlance {
  id: number
  name: string
  state: 'draft' | 'live' | 'paused'
  entered: number
  results: Results | null
}

const tones = { live: 'success', paused: 'attention', draft: undefined } as const

export function FlowsAtAGlance({ flows }: { flows: readonly FlowAtAGlance[] }) {
  const { t } = useTranslation('home')
  const format = useFormat()
  const isNarrow = useBreakpoints().smDown
  const state = (flow: FlowAtAGlance) => (
    <Badge {...(tones[flow.state] && { tone: tones[flow.state] })}>{t(`flows.${flow.state}`)}</Badge>
  )
  return (
    <Card padding="0">
      <Box padding="400">
        <InlineStack align="space-between" blockAlign="center">
          <Text as="h2" variant="headingMd">
            {t('flows.title')}
          </Text>
          <Button variant="plain" url="/app/flows">
            {t('flows.all')}
          </Button>
        </InlineStack>
      </Box>
      <IndexTable
        selectable={false}
        condensed={isNarrow}
        itemCount={flows.length}
        headings={[
          { title: t('flows.name') },
          { title: t('flows.state') },
          { title: t('flows.entered'), alignment: 'end' },
          { title: t('flows.delivered'), alignment: 'end' },
          { title: t('flows.clicked'), alignment: 'end' },
          { title: t('flows.revenue'), alignment: 'end' },
        ]}
        emptyState={
          <Text as="p" tone="subdued">
            {t('flows.empty')}
          </Text>
        }
      >
        {flows.map((flow, position) => {
          const { id, name, entered, results } = flow
          const link = (
            <Link url={`/app/flows/${id}`} dataPrimaryLink removeUnderline monochrome>
              <Text as="span" fontWeight="semibold">
                {name}
              </Text>
            </Link>
          )
          const revenue = format.money(results?.revenueMinor ?? 0)
          return (
            <IndexTable.Row key={id} id={String(id)} position={position}>
              {isNarrow ? (
                <Box padding="300" width="100%">
                  <BlockStack gap="100">
                    <InlineStack align="space-between" blockAlign="center">
                      {link}
                      {state(flow)}
                    </InlineStack>
                    <Text as="span" tone="subdued">
                      {`${t('flows.entered')} ${format.number(entered)} · ${t('flows.revenue')} ${revenue}`}
                    </Text>
                  </BlockStack>
                </Box>
              ) : (
                <>
                  <IndexTable.Cell>{link}</IndexTable.Cell>
                  <IndexTable.Cell>{state(flow)}</IndexTable.Cell>
                  <NumberCell text={format.number(entered)} />
                  <NumberCell text={format.number(results?.delivered ?? 0)} />
                  <NumberCell text={format.number(results?.clicked ?? 0)} />
                  <NumberCell text={revenue} />
                </>
              )}
            </IndexTable.Row>
          )
        })}
      </IndexTable>
    </Card>
  )
}

function NumberCell({ text }: { text: string }) {
  return (
    <IndexTable.Cell>
      <Text as="span" alignment="end" numeric>
        {text}
      </Text>
    </IndexTable.Cell>
  )
}
