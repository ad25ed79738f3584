// One person in a flow: where they stand, and everything that happened to them there.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, Button, Card, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { findFlowPage } from '#app/flows/reports/flow-page.server.ts'
import { findPerson } from '#app/flows/reports/people.server.ts'
import { readPersonLog } from '#app/flows/reports/person-log.server.ts'
import { enrolmentId } from '#app/lib/ids.ts'
import { useFlowWords } from '#app/ui/flows/flow-words.ts'
import { stepNames } from '#app/ui/flows/step-names.ts'
import { useSay } from '#app/ui/flows/use-say.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { flowParam } from './flow-answers.server.ts'
import { pageLoader } from './page.server.ts'
import { found, idParam } from './problem.server.ts'
import { seenWords } from './seen-words.ts'

export const handle = { i18n: 'flows' }

export const loader = pageLoader(async ({ withShop, shopId, params }) => {
  const place = { flowId: flowParam(params), enrolmentId: enrolmentId(idParam(params.enrolmentId)) }
  const [flow, person, log] = await withShop((tx) =>
    Promise.all([
      findFlowPage(tx, shopId, place.flowId),
      findPerson(tx, shopId, place),
      readPersonLog(tx, shopId, place.enrolmentId),
    ]),
  )
  const { id, name, draft, live, mails } = found(flow)
  const definition = live?.definition ?? draft
  return {
    flow: { id, name, mails, definition: definition && JSON.stringify(definition) },
    person: found(person),
    log: log.map(({ seen, ...line }) => ({ ...line, seen: seenWords(seen) })),
  }
})

export default function PersonInFlow() {
  const { t } = useTranslation('flows')
  const { flow, person, log } = useLoaderData<typeof loader>()
  const { dateTime } = useFormat()
  const { word } = useSay()
  const words = useFlowWords(flow.mails)
  const steps = stepNames(flow.definition, words)
  const called = (id: string) => steps.find((step) => step.value === id)?.label ?? (id === '@entry' ? '' : id)
  const ended = person.endedAt && {
    date: dateTime(person.endedAt),
    reason: word(`reason.${person.endReason}`, word(`reason.${person.state}`, person.state)),
  }
  return (
    <Page
      title={person.name ?? person.email ?? t('people.unknown')}
      subtitle={ended ? t('people.ended', ended) : `${called(person.step)}`}
      backAction={{ content: flow.name, url: `/app/flows/${flow.id}/people` }}
      secondaryActions={[{ content: t('people.profile'), url: `/app/profiles/${person.profileId}` }]}
    >
      <Card>
        <BlockStack gap="400">
          <Text as="h2" variant="headingMd">
            {t('people.log')}
          </Text>
          {log.length === 0 && <Text as="p">{t('people.noLog')}</Text>}
          {log.map(({ at, step, verdict, seen, mail }) => (
            <BlockStack key={`${at} ${step} ${verdict ?? mail?.id}`} gap="050">
              <InlineStack gap="200" blockAlign="baseline">
                <Text as="span" variant="bodySm" tone="subdued">
                  {dateTime(at)}
                </Text>
                <Text as="span" fontWeight="semibold">
                  {mail ? word(`mailState.${mail.state}`, mail.state) : word(`verdict.${verdict}`, verdict ?? '')}
                </Text>
                <Text as="span">{called(step)}</Text>
              </InlineStack>
              {seen && (
                <Text as="p" variant="bodySm" tone="subdued">
                  {t('people.sawThis', { values: seen })}
                </Text>
              )}
              {mail && (
                <InlineStack gap="200" blockAlign="center">
                  {mail.reason && (
                    <Text as="span" variant="bodySm" tone="subdued">
                      {word(`reason.${mail.reason}`, mail.reason)}
                    </Text>
                  )}
                  <Button variant="plain" url={`/app/messages/${mail.id}`}>
                    {mail.subject ?? t('editor.openMail')}
                  </Button>
                </InlineStack>
              )}
            </BlockStack>
          ))}
        </BlockStack>
      </Card>
    </Page>
  )
}
