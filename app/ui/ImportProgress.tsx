// How far the import of the shop's past is, per kind of record.
import { BlockStack, InlineStack, ProgressBar, Text } from '@shopify/polaris'

export interface ImportLine {
  resource: string
  state: string
  rowsDone: number
  rowsTotal: number | null
  error: string | null
}

const names: Record<string, string> = { customers: 'Customers', products: 'Products', orders: 'Orders' }

export function ImportProgress({ lines }: { lines: readonly ImportLine[] }) {
  const isDone = lines.length > 0 && lines.every(({ state }) => state === 'done')
  return (
    <BlockStack gap="400">
      <Text as="p" tone="subdued">
        {isDone ? 'Connected. Your customers, products and orders are here.' : 'Connected. Your past is being read.'}
      </Text>
      {lines.map((line) => (
        <BlockStack key={line.resource} gap="100">
          <InlineStack align="space-between">
            <Text as="span">{names[line.resource] ?? line.resource}</Text>
            <Text as="span" tone={line.state === 'failed' ? 'critical' : 'subdued'}>
              {progressText(line)}
            </Text>
          </InlineStack>
          {line.state !== 'done' && line.state !== 'failed' && (
            <ProgressBar size="small" progress={percent(line)} tone="primary" />
          )}
        </BlockStack>
      ))}
    </BlockStack>
  )
}

function progressText({ state, rowsDone, rowsTotal, error }: ImportLine): string {
  if (state === 'failed') return error ?? 'Could not be read'
  if (state === 'done') return rowsDone.toLocaleString('en')
  if (rowsTotal === null) return 'Asking Shopify'
  return `${rowsDone.toLocaleString('en')} of ${rowsTotal.toLocaleString('en')}`
}

function percent({ rowsDone, rowsTotal }: ImportLine): number {
  return rowsTotal ? Math.min(100, Math.round((rowsDone / rowsTotal) * 100)) : 0
}
