// The mail as a reader will see it: on a desk or a phone, by light or by dark, with a real person's data.
import { Banner, BlockStack, Box, Button, ButtonGroup, Card, InlineStack, Spinner, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Look } from '#app/messages/mail-desk.server.ts'
import type { Example } from '#app/messages/mail-example.server.ts'
import { asSeen, type Mode } from './as-seen.ts'
import { ExamplePicker } from './ExamplePicker.tsx'

type Device = 'desktop' | 'phone'

interface PreviewProps {
  look: Look | null
  isUpdating: boolean
  from: string
  examples: readonly Example[]
  example: string | null
  onExample(ref: string | null): void
}

export function Preview({ look, isUpdating, from, examples, example, onExample }: PreviewProps) {
  const { t } = useTranslation('mails')
  const [device, setDevice] = useState<Device>('desktop')
  const [mode, setMode] = useState<Mode>('light')
  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <InlineStack gap="200" blockAlign="center">
            <Text as="h2" variant="headingMd">
              {t('preview.title')}
            </Text>
            {isUpdating && <Spinner size="small" accessibilityLabel={t('preview.updating')} />}
          </InlineStack>
          <InlineStack gap="200">
            <Choice<Device>
              label={t('preview.device')}
              chosen={device}
              onChoose={setDevice}
              options={[
                ['desktop', t('preview.desktop')],
                ['phone', t('preview.phone')],
              ]}
            />
            <Choice<Mode>
              label={t('preview.mode')}
              chosen={mode}
              onChoose={setMode}
              options={[
                ['light', t('preview.light')],
                ['dark', t('preview.dark')],
              ]}
            />
          </InlineStack>
        </InlineStack>
        <ExamplePicker examples={examples} chosen={example} onChoose={onExample} />
        {look?.mail && (
          <BlockStack gap="100">
            <Text as="p" tone="subdued" variant="bodySm">
              {t('preview.from')}: {from}
            </Text>
            <Text as="p" fontWeight="semibold" breakWord>
              {look.mail.subject}
            </Text>
          </BlockStack>
        )}
        {look?.error && (
          <Banner tone="critical" title={t('preview.nothing')}>
            <p>{look.error}</p>
          </Banner>
        )}
        <Box background="bg-surface-secondary" borderRadius="200" padding="200">
          <iframe
            title={t('preview.frame')}
            sandbox=""
            srcDoc={asSeen(look?.mail?.html ?? '', mode)}
            style={{
              display: 'block',
              width: device === 'phone' ? 'min(390px, 100%)' : '100%',
              height: '70vh',
              minHeight: '480px',
              margin: '0 auto',
              border: 0,
              borderRadius: '8px',
            }}
          />
        </Box>
      </BlockStack>
    </Card>
  )
}

interface ChoiceProps<Value extends string> {
  label: string
  chosen: Value
  options: readonly (readonly [Value, string])[]
  onChoose(value: Value): void
}

function Choice<Value extends string>({ label, chosen, options, onChoose }: ChoiceProps<Value>) {
  return (
    <fieldset aria-label={label} style={{ border: 0, margin: 0, padding: 0 }}>
      <ButtonGroup variant="segmented">
        {options.map(([value, text]) => (
          <Button key={value} size="slim" pressed={value === chosen} onClick={() => onChoose(value)}>
            {text}
          </Button>
        ))}
      </ButtonGroup>
    </fieldset>
  )
}
