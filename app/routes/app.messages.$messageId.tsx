// One message: what became of it, what was asked before sending, what SendGrid told, and the mail as it was sent.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, Card, Layout, Link, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { findMessage, listMessageEvents } from '#app/messages/message-details.server.ts'
import { remadeMail } from '#app/messages/remade-mail.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { DefinitionLines } from '#app/ui/people/DefinitionLines.tsx'
import { GateTable } from '#app/ui/people/GateTable.tsx'
import { SentMail } from '#app/ui/people/SentMail.tsx'
import { MessageStateBadge } from '#app/ui/people/StateBadges.tsx'
import { usePersonName } from '#app/ui/people/use-person-name.ts'
import { useReasonText } from '#app/ui/people/use-reason-text.ts'
import { pageLoader } from './page.server.ts'
import { found, uuidParam } from './problem.server.ts'

export const handle = { i18n: ['messages', 'people'] }

export const loader = pageLoader(({ withShop, params }) => {
  const id = uuidParam(params.messageId)
  return withShop(async (tx) => {
    const message = found(await findMessage(tx, id))
    const { template: _, content: __, ...shown } = message
    return { message: shown, mail: remadeMail(message), events: await listMessageEvents(tx, message) }
  })
})

export default function Message() {
  const { t } = useTranslation(['messages', 'people'])
  const { message, mail, events } = useLoaderData<typeof loader>()
  const format = useFormat()
  const title = message.subjectLine ?? (message.flowName ? t('noSubject', { flow: message.flowName }) : t('notKnown'))
  return (
    <Page
      title={title}
      titleMetadata={<MessageStateBadge state={message.state} />}
      backAction={{ content: t('title'), url: '/app/messages' }}
    >
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <SentMail mail={mail} isSent={message.handedOverAt !== null} />
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  {t('gates')}
                </Text>
                {message.gates.length > 0 ? (
                  <GateTable gates={message.gates} />
                ) : (
                  <Text as="p" tone="subdued">
                    {t('noGates')}
                  </Text>
                )}
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            <Summary />
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  {t('events')}
                </Text>
                {events.length === 0 && (
                  <Text as="p" tone="subdued">
                    {t('noEvents')}
                  </Text>
                )}
                <DefinitionLines
                  lines={events.map(({ type, at, props }) => [
                    format.dateTime(at),
                    [t(`people:event.${type}`), typeof props.url === 'string' ? props.url : '']
                      .filter(Boolean)
                      .join(': '),
                  ])}
                />
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  )
}

function Summary() {
  const { t } = useTranslation('messages')
  const { message } = useLoaderData<typeof loader>()
  const format = useFormat()
  const nameOf = usePersonName()
  const reasonText = useReasonText()
  const time = (at: string | null) => (at ? format.dateTime(at) : '')
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {t('summary')}
        </Text>
        <DefinitionLines
          lines={[
            [t('reason'), message.reason ? reasonText(message.reason) : ''],
            [
              t('person'),
              <Link key="person" url={`/app/profiles/${message.profileId}`}>
                {nameOf(message)}
              </Link>,
            ],
            [
              t('flow'),
              [
                message.flowName ?? '',
                message.flowVersion ? t('version', { version: message.flowVersion, step: message.step ?? '' }) : '',
              ]
                .filter(Boolean)
                .join(', '),
            ],
            [t('kind'), t(message.class === 'marketing' ? 'marketing' : 'transactional')],
            [t('decided'), time(message.createdAt)],
            [t('lastWord'), time(message.decidedAt)],
            [t('dueAt'), time(message.dueAt)],
            [t('sentAt'), time(message.handedOverAt)],
            [t('tries'), message.attempts > 0 ? format.number(message.attempts) : ''],
          ]}
        />
      </BlockStack>
    </Card>
  )
}
