// What arrives and what waits: the last delivery of each kind, the queues, the connection.
import { BlockStack, Card, InlineStack, Text } from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useFormat } from '#app/ui/frame-data.ts'

export function TopicsCard({
  topics,
  now,
}: {
  topics: readonly { source: string; topic: string; lastAt: string }[]
  now: string
}) {
  const { t } = useTranslation('health')
  const format = useFormat()
  return (
    <Titled title={t('topics.title')} text={topics.length === 0 ? t('topics.none') : t('topics.text')}>
      {topics.map(({ source, topic, lastAt }) => (
        <Line key={`${source} ${topic}`} name={`${source}: ${topic}`} value={format.relative(lastAt, now)} />
      ))}
    </Titled>
  )
}

export interface QueuesCardProps {
  oldestOrderAt: string | null
  events: number
  people: number
  mails: number
  unknown: number
}

export function QueuesCard({ oldestOrderAt, events, people, mails, unknown }: QueuesCardProps) {
  const { t } = useTranslation('health')
  const format = useFormat()
  const lag = oldestOrderAt
    ? t('queues.ordersBehind', { when: format.dateTime(oldestOrderAt) })
    : t('queues.ordersCurrent')
  return (
    <Titled title={t('queues.title')} text={lag}>
      <Line name={t('queues.events')} value={format.number(events)} />
      <Line name={t('queues.people')} value={format.number(people)} />
      <Line name={t('queues.mails')} value={format.number(mails)} />
      <Line name={t('queues.unknown')} value={format.number(unknown)} />
    </Titled>
  )
}

export function TokenCard({ accessEndsAt }: { accessEndsAt: string | null }) {
  const { t } = useTranslation('health')
  const format = useFormat()
  const text = accessEndsAt ? t('token.good', { when: format.date(accessEndsAt) }) : t('token.lasting')
  return <Titled title={t('token.title')} text={text} />
}

function Titled({ title, text, children }: { title: string; text: string; children?: ReactNode }) {
  return (
    <Card>
      <BlockStack gap="300">
        <Text as="h2" variant="headingMd">
          {title}
        </Text>
        <Text as="p" tone="subdued">
          {text}
        </Text>
        {children}
      </BlockStack>
    </Card>
  )
}

function Line({ name, value }: { name: string; value: string }) {
  return (
    <InlineStack align="space-between" gap="200">
      <Text as="span">{name}</Text>
      <Text as="span">{value}</Text>
    </InlineStack>
  )
}
