// The few things between installing Tern and the first mail. Put away once, it stays away.
import { useFetcher } from '@remix-run/react'
import { useAppBridge } from '@shopify/app-bridge-react'
import { Badge, BlockStack, Button, Card, InlineStack, ProgressBar, Text } from '@shopify/polaris'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'

export interface SetupGuideProps {
  hasSender: boolean
  hasKey: boolean
  hasBrand: boolean
  hasLiveFlow: boolean
}

export function SetupGuide({ hasSender, hasKey, hasBrand, hasLiveFlow }: SetupGuideProps) {
  const { t } = useTranslation('home')
  const dismissing = useFetcher()
  const embed = useEmbedStatus()
  if (dismissing.state !== 'idle') return null
  const steps = [
    { name: 'sender', isDone: hasSender, to: '/app/settings#sender' },
    { name: 'key', isDone: hasKey, to: '/app/settings#sendgrid' },
    { name: 'brand', isDone: hasBrand, to: '/app/settings#brand' },
    ...(embed === null
      ? []
      : ([{ name: 'embed', isDone: embed, to: 'shopify://admin/themes/current/editor?context=apps' }] as const)),
    { name: 'flow', isDone: hasLiveFlow, to: '/app/flows' },
  ] as const
  const done = steps.filter(({ isDone }) => isDone).length
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            {t('guide.title')}
          </Text>
          <Button variant="tertiary" onClick={() => dismissing.submit({ intent: 'dismissGuide' }, { method: 'post' })}>
            {t('guide.dismiss')}
          </Button>
        </InlineStack>
        <BlockStack gap="200">
          <Text as="p" tone="subdued">
            {t('guide.progress', { done, total: steps.length })}
          </Text>
          <ProgressBar size="small" tone="primary" progress={(100 * done) / steps.length} animated={false} />
        </BlockStack>
        {steps.map(({ name, isDone, to }) => (
          <InlineStack key={name} align="space-between" blockAlign="center" gap="200" wrap={false}>
            <BlockStack>
              <Text as="h3" variant="headingSm">
                {t(`guide.${name}Title`)}
              </Text>
              <Text as="p" tone="subdued">
                {t(`guide.${name}Text`)}
              </Text>
            </BlockStack>
            {isDone ? (
              <Badge tone="success">{t('guide.done')}</Badge>
            ) : (
              <Button url={to} accessibilityLabel={`${t('guide.open')}: ${t(`guide.${name}Title`)}`}>
                {t('guide.open')}
              </Button>
            )}
          </InlineStack>
        ))}
      </BlockStack>
    </Card>
  )
}

/** Whether the app's part of the theme is on; null while that is not known, or where there is no such part. */
function useEmbedStatus(): boolean | null {
  const shopify = useAppBridge()
  const [isOn, setIsOn] = useState<boolean | null>(null)
  useEffect(() => {
    let isCurrent = true
    shopify.app.extensions().then((extensions) => {
      const embeds = extensions.filter(({ type }) => type === 'theme_app_extension')
      const activations = embeds.flatMap((embed) => embed.activations)
      if (isCurrent && embeds.length > 0)
        setIsOn(activations.some((each) => 'status' in each && each.status === 'active'))
    })
    return () => {
      isCurrent = false
    }
  }, [shopify])
  return isOn
}
