// The flows of a shop with what each does at present, in words.
import { Badge, BlockStack, InlineStack, Text } from '@shopify/polaris'

export interface FlowStateLine {
  id: number
  name: string
  state: string
}

type Tone = 'success' | 'attention' | undefined

const states: Record<string, { badge: string; tone: Tone; meaning: string }> = {
  live: { badge: 'On', tone: 'success', meaning: 'Enters shoppers and sends.' },
  paused: { badge: 'Paused', tone: 'attention', meaning: 'Enters nobody; those inside wait.' },
  draft: { badge: 'Off', tone: undefined, meaning: 'Ready to be looked at. It sends nothing.' },
}

export function FlowStates({ flows }: { flows: readonly FlowStateLine[] }) {
  if (flows.length === 0) {
    return (
      <Text as="p" tone="subdued">
        No flows yet. They appear here as soon as your shop is set up.
      </Text>
    )
  }
  return (
    <BlockStack gap="300">
      {flows.map(({ id, name, state }) => {
        const { badge, tone, meaning } = states[state] ?? { badge: state, tone: undefined, meaning: '' }
        return (
          <InlineStack key={id} align="space-between" blockAlign="center" gap="200">
            <BlockStack>
              <Text as="h3" variant="headingSm">
                {name}
              </Text>
              <Text as="p" tone="subdued">
                {meaning}
              </Text>
            </BlockStack>
            <Badge {...(tone && { tone })}>{badge}</Badge>
          </InlineStack>
        )
      })}
    </BlockStack>
  )
}
