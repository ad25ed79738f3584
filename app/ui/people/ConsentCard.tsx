// What somebody agreed to, how that came about, and whether mail to them is stopped altogether.
import { Banner, BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { LedgerLine } from '#app/profiles/profile-details.server.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import type { Serialised } from '#app/ui/serialised.ts'
import { ConsentBadge } from './StateBadges.tsx'
import type { ShownProfile } from './shown-profile.ts'

const stops = ['bounce', 'complaint', 'unsubscribe', 'merchant'] as const
const levels = ['single_opt_in', 'confirmed_opt_in'] as const

export function ConsentCard({ profile, ledger }: { profile: ShownProfile; ledger: Serialised<LedgerLine>[] }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  const level = levels.find((each) => each === profile.consentLevel)
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('consentTitle')}
        </Text>
        {profile.suppression && <Stopped suppression={profile.suppression} />}
        <InlineStack gap="200" blockAlign="center">
          <Text as="span">{t('consentNow')}</Text>
          <ConsentBadge consent={profile.consent} />
        </InlineStack>
        <Text as="p" tone="subdued">
          {[
            profile.consentAt ? t('consentSince', { date: format.date(profile.consentAt) }) : '',
            level ? t(`level.${level}`) : '',
          ]
            .filter((text) => text !== '')
            .join(', ')}
        </Text>
        <Text as="h3" variant="headingSm">
          {t('ledger')}
        </Text>
        {ledger.length === 0 && (
          <Text as="p" tone="subdued">
            {t('noLedger')}
          </Text>
        )}
        {ledger.map((line) => (
          <LedgerText key={line.id} line={line} />
        ))}
      </BlockStack>
    </Card>
  )
}

function Stopped({ suppression }: { suppression: NonNullable<ShownProfile['suppression']> }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  const why = stops.find((each) => each === suppression.reason) ?? 'other'
  return (
    <Banner tone="warning" title={t('stopped.title')}>
      <p>{t(`stopped.${why}`, { date: format.date(suppression.createdAt) })}</p>
    </Banner>
  )
}

const states = ['subscribed', 'unsubscribed', 'pending', 'not_subscribed', 'redacted'] as const

function LedgerText({ line }: { line: Serialised<LedgerLine> }) {
  const { t } = useTranslation(['profiles', 'people'])
  const format = useFormat()
  const state = t(`people:consent.${states.find((each) => each === line.state) ?? 'unknown'}`)
  return (
    <BlockStack>
      <Text as="p">{t('ledgerLine', { state, source: line.source })}</Text>
      <Text as="p" tone="subdued" variant="bodySm">
        {format.dateTime(line.occurredAt)}
      </Text>
      {line.wording && (
        <Text as="p" tone="subdued" variant="bodySm" breakWord>
          {t('wording', { wording: line.wording })}
        </Text>
      )}
    </BlockStack>
  )
}
