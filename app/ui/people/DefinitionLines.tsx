// Names and values, one under the other, in the order given; what is not known is left out.
import { Text } from '@shopify/polaris'
import type { ReactNode } from 'react'

export function DefinitionLines({ lines }: { lines: readonly (readonly [name: string, value: ReactNode])[] }) {
  const known = lines.filter(([, value]) => value !== null && value !== '')
  return (
    <dl style={{ margin: 0, display: 'grid', gap: 'var(--p-space-200)' }}>
      {known.map(([name, value]) => (
        <div key={name}>
          <Text as="dt" tone="subdued" variant="bodySm">
            {name}
          </Text>
          <dd style={{ margin: 0, overflowWrap: 'anywhere' }}>{value}</dd>
        </div>
      ))}
    </dl>
  )
}
