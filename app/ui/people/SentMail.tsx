// A mail as it was sent, in a frame of its own: no script runs in it, and its links lead nowhere.
import { BlockStack, Card, Tabs, Text } from '@shopify/polaris'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { RemadeMail } from '#app/messages/remade-mail.ts'
import { DefinitionLines } from './DefinitionLines.tsx'

export function SentMail({ mail, isSent }: { mail: RemadeMail | null; isSent: boolean }) {
  const { t } = useTranslation('messages')
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('mail.title')}
        </Text>
        <Text as="p" tone="subdued">
          {t(mail ? 'mail.asSent' : isSent ? 'mail.gone' : 'mail.notSent')}
        </Text>
        {mail && <Opened mail={mail} />}
      </BlockStack>
    </Card>
  )
}

function Opened({ mail }: { mail: RemadeMail }) {
  const { t } = useTranslation('messages')
  const [tab, setTab] = useState(0)
  return (
    <>
      <DefinitionLines
        lines={[
          [t('mail.from'), `${mail.from.name} <${mail.from.email}>`],
          [t('mail.to'), mail.to],
          [t('mail.subject'), mail.subject],
        ]}
      />
      <Tabs
        tabs={[
          { id: 'html', content: t('mail.html') },
          { id: 'text', content: t('mail.text') },
        ]}
        selected={tab}
        onSelect={setTab}
      >
        {tab === 0 ? (
          <iframe
            title={t('mail.frame')}
            sandbox=""
            srcDoc={mail.html}
            style={{ width: '100%', height: '40rem', border: 0, background: '#fff' }}
          />
        ) : (
          <pre style={{ whiteSpace: 'pre-wrap', overflowWrap: 'anywhere', margin: 0 }}>{mail.text}</pre>
        )}
      </Tabs>
    </>
  )
}
