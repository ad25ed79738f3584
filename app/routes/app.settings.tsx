// Settings: who the mail is from, the SendGrid account behind it, and when it may go out.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, Card, FormLayout, Page, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormSaveBar } from '#app/ui/FormSaveBar.tsx'
import { useFrameData } from '#app/ui/frame-data.ts'
import { AuditCard } from '#app/ui/settings/AuditCard.tsx'
import { DomainCard } from '#app/ui/settings/DomainCard.tsx'
import { RuleFields } from '#app/ui/settings/RuleFields.tsx'
import { Section } from '#app/ui/settings/Section.tsx'
import { SenderFields } from '#app/ui/settings/SenderFields.tsx'
import { SendGridCard } from '#app/ui/settings/SendGridCard.tsx'
import { useDraft } from '#app/ui/use-draft.ts'
import { intent, pageAction, pageLoader } from './page.server.ts'
import { authenticateDomain, checkDomain, connectKey, setUpEvents } from './sendgrid-set-up.server.ts'
import { readSettings, saveSettings } from './settings.server.ts'
import { keyForm, settingsForm } from './settings-form.ts'

export const handle = { i18n: 'settings' }

export const loader = pageLoader(({ withShop }) => withShop(readSettings))

export const action = pageAction({
  save: intent(settingsForm, (page, form) => page.withShop((tx) => saveSettings(tx, form, page))),
  saveKey: intent(keyForm, connectKey),
  setUpEvents: intent(z.object({}), setUpEvents),
  authenticateDomain: intent(z.object({}), authenticateDomain),
  checkDomain: intent(z.object({}), checkDomain),
})

export default function Settings() {
  const { t } = useTranslation('settings')
  const { form, sendgrid, audit } = useLoaderData<typeof loader>()
  const draft = useDraft(form, { intent: 'save' })
  const { timeZone = '' } = useFrameData() ?? {}
  const senderDomain = form.fromEmail.split('@')[1] ?? ''
  return (
    <Page title={t('title')}>
      <FormSaveBar draft={draft} />
      <BlockStack gap="600">
        <Section id="sender" title={t('sender.title')} text={t('sender.text')}>
          <Card>
            <SenderFields draft={draft} />
          </Card>
        </Section>
        <Section id="sendgrid" title={t('sendgrid.title')} text={t('sendgrid.text')}>
          <SendGridCard {...sendgrid} />
        </Section>
        {sendgrid.hasSender && (
          <Section id="domain" title={t('domain.title')} text={t('domain.text')}>
            <DomainCard senderDomain={senderDomain} domain={sendgrid.domain} />
          </Section>
        )}
        <Section id="rules" title={t('rules.title')} text={t('rules.text')}>
          <Card>
            <RuleFields draft={draft} />
          </Card>
        </Section>
        <Section id="data" title={t('data.title')} text={t('data.text', { timeZone })}>
          <Card>
            <FormLayout>
              <TextField
                label={t('data.rawRetentionDays')}
                helpText={t('data.rawHelp')}
                value={draft.values.rawRetentionDays}
                error={draft.errorOf('rawRetentionDays')}
                inputMode="numeric"
                autoComplete="off"
                onChange={(value) => draft.set('rawRetentionDays', value)}
              />
            </FormLayout>
          </Card>
        </Section>
        <Section id="audit" title={t('audit.title')} text={t('audit.text')}>
          <AuditCard lines={audit} />
        </Section>
      </BlockStack>
    </Page>
  )
}
