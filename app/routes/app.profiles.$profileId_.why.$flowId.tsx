// Why a flow did something with a person, or did not, and what it will do in the next days.
import { useLoaderData } from '@remix-run/react'
import { Badge, BlockStack, Card, InlineStack, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { readWhy } from '#app/flows/why/why.server.ts'
import { flowId } from '#app/lib/ids.ts'
import { findProfile } from '#app/profiles/profile-details.server.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { MessageStateBadge } from '#app/ui/people/StateBadges.tsx'
import { usePersonName } from '#app/ui/people/use-person-name.ts'
import { useReasonText } from '#app/ui/people/use-reason-text.ts'
import { useSeenValues } from '#app/ui/people/use-seen-text.ts'
import { pageLoader } from './page.server.ts'
import { found, idParam } from './problem.server.ts'
import { findFlowName } from './profiles.server.ts'

export const handle = { i18n: ['why', 'people'] }

export const loader = pageLoader(({ withShop, params, now }) => {
  const [person, asked] = [idParam(params.profileId), idParam(params.flowId)]
  return withShop(async (tx) => {
    const profile = found(await findProfile(tx, person))
    const flow = found(await findFlowName(tx, asked))
    const { liveVersion } = flow
    return { profile, flow, ...(await readWhy(tx, { flowId: flowId(asked), liveVersion, profileId: profile.id }, now)) }
  })
})

export default function Why() {
  const { t } = useTranslation('why')
  const { profile, flow, entries, refusals } = useLoaderData<typeof loader>()
  const format = useFormat()
  const name = usePersonName()(profile)
  const seenText = useSeenValues()
  const newest = entries[0]?.enrolment
  const barrier = refusals[0]?.gates.find(({ passes }) => !passes)
  const date = newest ? format.dateTime(newest.enteredAt) : ''
  const short = newest
    ? t(newest.state === 'active' ? 'inShort.running' : 'inShort.over', { name, date })
    : barrier
      ? t('inShort.refused', { name, gate: t(`gate.${barrier.gate}`) })
      : t(flow.liveVersion === null ? 'inShort.notLive' : 'inShort.nothing', { name })
  return (
    <Page title={t('title', { flow: flow.name })} backAction={{ content: name, url: `/app/profiles/${profile.id}` }}>
      <BlockStack gap="400">
        <Card>
          <Text as="p" variant="headingMd">
            {short}
          </Text>
        </Card>
        {entries.map((entry) => (
          <Entry key={entry.enrolment.id} entry={entry} />
        ))}
        {refusals.map(({ at, version, gates }) => (
          <Card key={at}>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                {t('refusals')}
              </Text>
              <Text as="p" tone="subdued">
                {`${format.dateTime(at)}, ${t('version', { version })}`}
              </Text>
              {gates.map(({ gate, passes, seen }) => (
                <InlineStack key={gate} align="space-between" gap="200" wrap={false}>
                  <BlockStack>
                    <Text as="span">{t(`gate.${gate}`)}</Text>
                    <Text as="span" tone="subdued" variant="bodySm" breakWord>
                      {seenText(seen)}
                    </Text>
                  </BlockStack>
                  <Badge tone={passes ? 'success' : 'critical'}>{t(passes ? 'passed' : 'stopped')}</Badge>
                </InlineStack>
              ))}
            </BlockStack>
          </Card>
        ))}
      </BlockStack>
    </Page>
  )
}

type ShownEntry = ReturnType<typeof useLoaderData<typeof loader>>['entries'][number]

function Entry({ entry: { enrolment, log, ahead } }: { entry: ShownEntry }) {
  const { t } = useTranslation('why')
  const format = useFormat()
  const reasonText = useReasonText()
  const seenText = useSeenValues()
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {`${format.dateTime(enrolment.enteredAt)}, ${t('version', { version: enrolment.version })}`}
        </Text>
        {enrolment.endReason && <Text as="p">{reasonText(enrolment.endReason)}</Text>}
        <Text as="h3" variant="headingSm">
          {t('log')}
        </Text>
        {log.map((line) => (
          <BlockStack key={`${line.at} ${line.step} ${line.mail?.id ?? line.verdict}`}>
            <InlineStack gap="200">
              <Text as="span">{`${format.dateTime(line.at)} · ${line.step}`}</Text>
              {line.mail && <MessageStateBadge state={line.mail.state} />}
            </InlineStack>
            <Text as="span" tone="subdued" variant="bodySm" breakWord>
              {line.mail?.reason ? reasonText(line.mail.reason) : seenText(line.seen)}
            </Text>
          </BlockStack>
        ))}
        {enrolment.state === 'active' && (
          <>
            <Text as="h3" variant="headingSm">
              {t('ahead')}
            </Text>
            {ahead.length === 0 && <Text as="p">{t('noAhead')}</Text>}
            {ahead.map(({ step, at }) => (
              <Text as="p" key={step}>
                {t('mailAt', { step, date: format.dateTime(at) })}
              </Text>
            ))}
          </>
        )}
      </BlockStack>
    </Card>
  )
}
