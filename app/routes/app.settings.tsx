// Settings: who the mail is from, the SendGrid account behind it, and when it may go out.
import { useLoaderData } from '@remix-run/react'
import { Card, FormLayout, Layout, Page, TextField } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { FormSaveBar } from '#app/ui/FormSaveBar.tsx'
import { useFrameData } from '#app/ui/frame-data.ts'
import { AuditCard } from '#app/ui/settings/AuditCard.tsx'
import { DomainCard } from '#app/ui/settings/DomainCard.tsx'
import { RuleFields } from '#app/ui/settings/RuleFields.tsx'
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
      <Layout>
        <Layout.AnnotatedSection id="sender" title={t('sender.title')} description={t('sender.text')}>
          <Card>
            <SenderFields draft={draft} />
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection id="sendgrid" title={t('sendgrid.title')} description={t('sendgrid.text')}>
          <SendGridCard {...sendgrid} />
        </Layout.AnnotatedSection>
        {sendgrid.hasSender && (
          <Layout.AnnotatedSection id="domain" title={t('domain.title')} description={t('domain.text')}>
            <DomainCard senderDomain={senderDomain} domain={sendgrid.domain} />
          </Layout.AnnotatedSection>
        )}
        <Layout.AnnotatedSection id="rules" title={t('rules.title')} description={t('rules.text')}>
          <Card>
            <RuleFields draft={draft} />
          </Card>
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection id="data" title={t('data.title')} description={t('data.text', { timeZone })}>
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
        </Layout.AnnotatedSection>
        <Layout.AnnotatedSection id="audit" title={t('audit.title')} description={t('audit.text')}>
          <AuditCard lines={audit} />
        </Layout.AnnotatedSection>
      </Layout>
    </Page>
  )
}
