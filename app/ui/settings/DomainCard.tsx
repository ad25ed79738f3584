// The authentication of the sender's domain: the records to publish, and whether SendGrid sees them yet.
import { useFetcher } from '@remix-run/react'
import { Badge, BlockStack, Button, Card, InlineError, InlineStack, Text } from '@shopify/polaris'
import { useEffect } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainState } from '#app/messages/sendgrid-set-up.ts'
import type { ActionAnswer } from '#app/ui/action-answer.ts'
import { useFieldErrorText } from '#app/ui/use-field-error-text.ts'
import { CopyLine } from './CopyLine.tsx'

const checkEveryMs = 30_000

export function DomainCard({ senderDomain, domain }: { senderDomain: string; domain: DomainState | null }) {
  const { t } = useTranslation('settings')
  const errorText = useFieldErrorText()
  const asking = useFetcher<ActionAnswer>()
  const isWaiting = domain !== null && !domain.isValid
  const { submit } = asking
  useEffect(() => {
    if (!isWaiting) return
    const again = setInterval(() => {
      if (!document.hidden) submit({ intent: 'checkDomain' }, { method: 'post' })
    }, checkEveryMs)
    return () => clearInterval(again)
  }, [isWaiting, submit])
  const error = asking.data && !asking.data.ok ? errorText(asking.data.errors['']) : undefined
  return (
    <Card>
      <BlockStack gap="400">
        <InlineStack gap="200" blockAlign="center">
          <Text as="h3" variant="headingSm">
            {domain?.domain ?? senderDomain}
          </Text>
          {domain && (
            <Badge tone={domain.isValid ? 'success' : 'attention'}>
              {t(domain.isValid ? 'domain.valid' : 'domain.waiting')}
            </Badge>
          )}
        </InlineStack>
        {isWaiting && <Text as="p">{t('domain.waitingText', { domain: domain.domain })}</Text>}
        {!domain && <Text as="p">{t('domain.beginText', { domain: senderDomain })}</Text>}
        {isWaiting &&
          domain.records.map(({ name, type, host, data, isValid }) => (
            <BlockStack key={name} gap="100">
              <InlineStack gap="200" blockAlign="center">
                <Text as="span" fontWeight="semibold">
                  {type.toUpperCase()}
                </Text>
                <Badge {...(isValid && { tone: 'success' })}>{t(isValid ? 'domain.seen' : 'domain.notSeen')}</Badge>
              </InlineStack>
              <CopyLine label={t('domain.host')} text={host} />
              <CopyLine label={t('domain.value')} text={data} />
            </BlockStack>
          ))}
        {(!domain || isWaiting) && (
          <InlineStack>
            <Button
              loading={asking.state !== 'idle'}
              onClick={() => submit({ intent: domain ? 'checkDomain' : 'authenticateDomain' }, { method: 'post' })}
            >
              {t(domain ? 'domain.checkNow' : 'domain.begin')}
            </Button>
          </InlineStack>
        )}
        {error && <InlineError fieldID="domain" message={error} />}
        {domain && (
          <BlockStack gap="200">
            <Text as="p">{t('domain.dmarc')}</Text>
            <CopyLine label={t('domain.host')} text={`_dmarc.${domain.domain}`} />
            <CopyLine label={t('domain.value')} text={`v=DMARC1; p=none; rua=mailto:postmaster@${domain.domain}`} />
          </BlockStack>
        )}
      </BlockStack>
    </Card>
  )
}
