// The last events that could begin a flow, and what every check says of each.
import type { FetcherWithComponents } from '@remix-run/react'
import { Badge, BlockStack, Box, Button, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { useSay } from './use-say.ts'

export interface WhoRow {
  key: string
  at: string
  name: string | null
  email: string | null
  type: string | null
  gates: { gate: string; passes: boolean; seen: string }[]
  enters: boolean
}

export function WhoCard({ fetcher }: { fetcher: FetcherWithComponents<ActionAnswer<WhoRow[]>> }) {
  const { t } = useTranslation('flows')
  const rows = fetcher.data?.ok ? fetcher.data.result : null
  const ask = () => fetcher.submit(JSON.stringify({ intent: 'who' }), { method: 'post', encType: 'application/json' })
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          {t('try.who')}
        </Text>
        <Text as="p" tone="subdued">
          {t('try.whoText')}
        </Text>
        <InlineStack>
          <Button onClick={ask} loading={fetcher.state !== 'idle'}>
            {t('try.who')}
          </Button>
        </InlineStack>
        <div aria-live="polite">
          {rows?.length === 0 && <Text as="p">{t('try.whoNone')}</Text>}
          <BlockStack gap="300">
            {rows?.map((row) => (
              <Row key={row.key} row={row} />
            ))}
          </BlockStack>
        </div>
      </BlockStack>
    </Card>
  )
}

function Row({ row: { at, name, email, type, gates, enters } }: { row: WhoRow }) {
  const { t } = useTranslation('flows')
  const { dateTime } = useFormat()
  const { word } = useSay()
  return (
    <Box borderBlockStartWidth="025" borderColor="border" paddingBlockStart="300">
      <BlockStack gap="100">
        <InlineStack gap="200" blockAlign="center">
          <Badge tone={enters ? 'success' : 'critical'}>{t(enters ? 'try.enters' : 'try.entersNot')}</Badge>
          <Text as="span" fontWeight="semibold">
            {name ?? email ?? t('people.unknown')}
          </Text>
          <Text as="span" tone="subdued">
            {`${dateTime(at)}${type ? ` · ${word(`event.${type}`, type)}` : ''}`}
          </Text>
        </InlineStack>
        {gates.map(({ gate, passes, seen }) => (
          <Text as="p" key={gate} variant="bodySm" tone={passes ? 'subdued' : 'critical'}>
            {`${passes ? '✓' : '✗'} ${word(`gate.${gate}`, gate)}${seen ? ` (${seen})` : ''}`}
          </Text>
        ))}
      </BlockStack>
    </Box>
  )
}
