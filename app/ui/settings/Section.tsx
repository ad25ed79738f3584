// A part of the settings: what it is about on the left, what can be set on the right; one above the other on a phone.
import { BlockStack, Box, InlineGrid, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'

export interface SectionProps {
  /** What links point to. */
  id: string
  title: string
  text: string
  children: ReactNode
}

export function Section({ id, title, text, children }: SectionProps) {
  return (
    <InlineGrid columns={{ xs: '1fr', md: '2fr 5fr' }} gap="400">
      <Box id={id} as="section" paddingInlineStart={{ xs: '400', sm: '0' }} paddingInlineEnd={{ xs: '400', sm: '0' }}>
        <BlockStack gap="200">
          <Text as="h2" variant="headingMd">
            {title}
          </Text>
          <Text as="p" tone="subdued">
            {text}
          </Text>
        </BlockStack>
      </Box>
      {children}
    </InlineGrid>
  )
}
