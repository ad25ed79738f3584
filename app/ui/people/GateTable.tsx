// The questions of a last word, each with its answer and what was seen.
import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { RecordedGate } from '#app/messages/recorded-gates.ts'
import type { Serialised } from '#app/ui/serialised.ts'
import { useReasonText } from './use-reason-text.ts'
import { useSeenText } from './use-seen-text.ts'

const tones = { send: 'success', skip: 'critical', defer: 'attention' } as const

export function GateTable({ gates }: { gates: Serialised<RecordedGate>[] }) {
  const { t } = useTranslation('people')
  const reasonText = useReasonText()
  const seenText = useSeenText()
  return (
    <BlockStack as="ol" gap="300">
      {gates.map((gate) => (
        <li key={gate.gate} style={{ listStyle: 'none' }}>
          <InlineStack gap="300" align="space-between" blockAlign="start" wrap={false}>
            <BlockStack>
              <Text as="span">{t(`gate.${gate.gate}`)}</Text>
              <Text as="span" tone="subdued" variant="bodySm" breakWord>
                {[gate.reason ? reasonText(gate.reason) : '', seenText(gate)].filter((text) => text !== '').join(' · ')}
              </Text>
            </BlockStack>
            <Badge tone={tones[gate.word]}>{t(`word.${gate.word}`)}</Badge>
          </InlineStack>
        </li>
      ))}
    </BlockStack>
  )
}
