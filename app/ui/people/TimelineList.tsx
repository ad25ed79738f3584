// One person's history as a list: what they did, which mails went out, and which did not, with the reason.
import { BlockStack, InlineStack, Link, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import type { TimelineEntry } from '#app/flows/timeline/timeline.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import type { Serialised } from '#app/ui/serialised.ts'
import { MessageStateBadge } from './StateBadges.tsx'
import { useReasonText } from './use-reason-text.ts'

export type TimelineLine = Serialised<TimelineEntry>

export function TimelineList({ lines }: { lines: readonly TimelineLine[] }) {
  const format = useFormat()
  return (
    <BlockStack as="ol" gap="300">
      {lines.map((line) => (
        <li key={line.key} style={{ listStyle: 'none' }}>
          <InlineStack gap="400" blockAlign="start" wrap={false} align="space-between">
            <BlockStack gap="050">
              <TimelineText line={line} />
            </BlockStack>
            <Text as="span" tone="subdued" variant="bodySm" alignment="end">
              {format.dateTime(line.at)}
            </Text>
          </InlineStack>
        </li>
      ))}
    </BlockStack>
  )
}

function TimelineText({ line }: { line: TimelineLine }) {
  switch (line.kind) {
    case 'event':
      return <EventText line={line} />
    case 'message':
      return <MessageText line={line} />
    case 'change':
      return <ChangeText line={line} />
    default:
      return <FlowText line={line} />
  }
}

type Kind<Name extends TimelineLine['kind']> = Extract<TimelineLine, { kind: Name }>

function EventText({ line }: { line: Kind<'event'> }) {
  const { t } = useTranslation('people')
  const format = useFormat()
  const { valueMinor, currency, props } = line
  const details = [
    typeof props.name === 'string' ? props.name : '',
    valueMinor !== null && currency !== null ? format.money(valueMinor, currency) : '',
    Array.isArray(props.tags) ? props.tags.join(', ') : '',
  ].filter((text) => text !== '')
  return (
    <>
      <Text as="span">{t(`event.${line.type}`)}</Text>
      {details.length > 0 && <Quiet>{details.join(' · ')}</Quiet>}
    </>
  )
}

function MessageText({ line }: { line: Kind<'message'> }) {
  const { t } = useTranslation('profiles')
  const format = useFormat()
  const reasonText = useReasonText()
  const title = line.subjectLine ?? t('mailOf', { flow: line.flowName ?? '' })
  const wait = line.state === 'deferred' && line.dueAt ? t('waitsUntil', { date: format.dateTime(line.dueAt) }) : ''
  const why = [line.reason ? reasonText(line.reason) : '', wait].filter((text) => text !== '').join(', ')
  return (
    <>
      <InlineStack gap="200" blockAlign="center">
        <Link url={`/app/messages/${line.messageId}`} removeUnderline>
          {title}
        </Link>
        <MessageStateBadge state={line.state} />
      </InlineStack>
      {why !== '' && <Quiet>{why}</Quiet>}
    </>
  )
}

function FlowText({ line }: { line: Kind<'entered' | 'left'> }) {
  const { t } = useTranslation('profiles')
  const reasonText = useReasonText()
  const key = line.kind === 'entered' ? 'entered' : line.state === 'completed' ? 'completedFlow' : 'left'
  return (
    <>
      <Text as="span">{t(key, { flow: line.flowName })}</Text>
      {key === 'left' && line.reason && <Quiet>{reasonText(line.reason)}</Quiet>}
    </>
  )
}

const changes = ['suppressed', 'unsuppressed', 'tagged', 'export_asked', 'erasure_asked'] as const

function ChangeText({ line }: { line: Kind<'change'> }) {
  const { t } = useTranslation('profiles')
  const change = changes.find((each) => line.action === `profile.${each}`) ?? 'other'
  const listed = (value: unknown) => (Array.isArray(value) ? value.join(', ') : '')
  const added = listed(line.details.added)
  const removed = listed(line.details.removed)
  return (
    <>
      <Text as="span">{t(`change.${change}`)}</Text>
      <Quiet>
        {[t('byStaff'), added && t('added', { tags: added }), removed && t('removed', { tags: removed })]
          .filter((text) => text !== '')
          .join(' · ')}
      </Quiet>
    </>
  )
}

function Quiet({ children }: { children: string }) {
  return (
    <Text as="span" tone="subdued" variant="bodySm">
      {children}
    </Text>
  )
}
