// Who somebody is, what they have spent, and where they stand in Shopify.
import { BlockStack, Card, Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { useFormat, useFrameData } from '#app/ui/frame-data.ts'
import { DefinitionLines } from './DefinitionLines.tsx'
import type { ShownProfile } from './shown-profile.ts'

export function WhoCard({ profile }: { profile: ShownProfile }) {
  const { t, i18n } = useTranslation('profiles')
  const format = useFormat()
  const nameOf = (type: 'region' | 'language', code: string | null) =>
    code ? displayName(i18n.language, type, code) : ''
  const date = (at: string | null) => (at ? format.date(at) : '')
  const attributes = Object.entries(profile.attributes).map(([name, value]) => [name, String(value)] as const)
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('who')}
        </Text>
        <DefinitionLines
          lines={[
            [t('address'), profile.email],
            [t('phone'), profile.phone],
            [t('country'), nameOf('region', profile.countryCode)],
            [t('language'), nameOf('language', profile.locale)],
            [t('timeZone'), profile.timezone ?? t('shopTimeZone', { zone: format.timeZone })],
            [t('since'), format.date(profile.createdAt)],
            [t('ordered'), t('ordersCount', { count: profile.orderCount })],
            [t('spent'), format.money(profile.totalSpentMinor)],
            [t('firstOrder'), date(profile.firstOrderAt)],
            [t('lastOrder'), date(profile.lastOrderAt)],
            ...attributes,
          ]}
        />
        <ShopifyLink customerId={profile.shopifyCustomerId} />
      </BlockStack>
    </Card>
  )
}

function ShopifyLink({ customerId }: { customerId: string | null }) {
  const { t } = useTranslation('profiles')
  const frame = useFrameData()
  const number = customerId?.match(/\d+$/)?.[0]
  const shop = frame?.shopDomain.replace(/\.myshopify\.com$/, '')
  if (!number || !shop) return null
  return (
    <Link url={`https://admin.shopify.com/store/${shop}/customers/${number}`} target="_top">
      {t('inShopify')}
    </Link>
  )
}

function displayName(locale: string, type: 'region' | 'language', code: string): string {
  try {
    return new Intl.DisplayNames([locale], { type, fallback: 'code' }).of(code) ?? code
  } catch {
    // A code that is none is shown as it came.
    return code
  }
}
