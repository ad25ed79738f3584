// How many wait at a step, passed it, and what became of its mails, in a line.
import { InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { StepCount } from '#app/flows/reports/step-counts.server.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { useSay } from './use-say.ts'

export function StepFigures({ count, withReasons = false }: { count: StepCount | undefined; withReasons?: boolean }) {
  const { t } = useTranslation('flows')
  const { number } = useFormat()
  const { word } = useSay()
  if (!count) return null
  const passed = Object.values(count.passed).reduce((sum, n) => sum + n, 0)
  const skipped = skippedOf(count)
  const notSent = skipped.reduce((sum, [, n]) => sum + n, 0)
  const parts = [
    ...(count.waiting > 0 ? [t('counts.waiting', { count: count.waiting })] : []),
    ...(passed > 0 ? [t('counts.passed', { count: passed })] : []),
    ...(notSent > 0 ? [t('counts.skipped', { count: notSent })] : []),
  ]
  if (parts.length === 0) return null
  return (
    <>
      <Text as="span" variant="bodySm" tone="subdued">
        {parts.join(' · ')}
      </Text>
      {withReasons &&
        skipped.map(([reason, n]) => (
          <InlineStack key={reason} align="space-between">
            <Text as="span" variant="bodySm">
              {word(`reason.${reason}`, reason)}
            </Text>
            <Text as="span" variant="bodySm" numeric>
              {number(n)}
            </Text>
          </InlineStack>
        ))}
    </>
  )
}

function skippedOf({ mails }: StepCount): [string, number][] {
  return Object.entries(mails).flatMap(([state, n]): [string, number][] =>
    state.startsWith('skipped:') ? [[state.slice('skipped:'.length), n]] : [],
  )
}
