// Messages: every mail that a flow decided on, sent, waiting, or not sent with the reason.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, EmptyState, InlineStack, Link, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { cursorIn } from '#app/lib/keyset.ts'
import { type ListedMessage, listMessages, listReasons } from '#app/messages/list-messages.server.ts'
import { messageStateGroups } from '#app/messages/message-choices.ts'
import { messageFilterIn } from '#app/messages/message-filter.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import { PagedTable } from '#app/ui/PagedTable.tsx'
import { MessageStateBadge } from '#app/ui/people/StateBadges.tsx'
import { useReasonText } from '#app/ui/people/use-reason-text.ts'
import type { Serialised } from '#app/ui/serialised.ts'
import { pageLoader } from './page.server.ts'
import { listFlowNames } from './profiles.server.ts'

export const handle = { i18n: ['messages', 'people'] }

const keysSchema = z.tuple([z.iso.datetime(), z.uuid()])

export const loader = pageLoader(({ withShop, query }) => {
  const filter = messageFilterIn(query)
  const cursor = cursorIn(query, (keys) => keysSchema.safeParse(keys).data ?? null)
  return withShop(async (tx) => {
    const [page, flows, reasons] = await Promise.all([
      listMessages(tx, filter, cursor),
      listFlowNames(tx),
      listReasons(tx),
    ])
    const isFiltered = Object.values(filter).some((value) => value !== null)
    return { page, flows, reasons, isEmpty: page.rows.length === 0 && !isFiltered && cursor.keys === null }
  })
})

export default function Messages() {
  const { t } = useTranslation('messages')
  const { page, flows, reasons, isEmpty } = useLoaderData<typeof loader>()
  const format = useFormat()
  const reasonText = useReasonText()
  if (isEmpty)
    return (
      <Page title={t('title')}>
        <EmptyState heading={t('empty.title')} image="">
          <p>{t('empty.text')}</p>
        </EmptyState>
      </Page>
    )
  const choices = {
    flow: flows.map(({ id, name }) => ({ value: String(id), label: name })),
    state: messageStateGroups.map((value) => ({ value, label: t(`filter.${value}`) })),
    reason: reasons.map((value) => ({ value, label: reasonText(value) })),
  }
  const filters = (['state', 'reason', 'flow'] as const).map((name) => ({
    name,
    label: t(`filter.${name}`),
    choices: choices[name],
  }))
  return (
    <Page title={t('title')}>
      <PagedTable
        page={page}
        resourceName={{ singular: t('one'), plural: t('many') }}
        filters={filters}
        headings={[
          { title: t('column.mail') },
          { title: t('column.to') },
          { title: t('column.flow') },
          { title: t('column.state') },
          { title: t('column.at') },
        ]}
        idOf={({ id }) => id}
        cells={(row) => [
          <Mail key="mail" row={row} />,
          row.email ?? '',
          row.flowName ?? '',
          <State key="state" row={row} />,
          format.dateTime(row.handedOverAt ?? row.createdAt),
        ]}
        narrow={(row) => (
          <BlockStack gap="100">
            <Mail row={row} />
            <Text as="span" tone="subdued" breakWord>
              {row.email ?? ''}
            </Text>
            <State row={row} />
            <Text as="span" tone="subdued">
              {format.dateTime(row.handedOverAt ?? row.createdAt)}
            </Text>
          </BlockStack>
        )}
      />
    </Page>
  )
}

type Row = Serialised<ListedMessage>

function Mail({ row }: { row: Row }) {
  const { t } = useTranslation('messages')
  const title = row.subjectLine ?? (row.flowName ? t('noSubject', { flow: row.flowName }) : t('notKnown'))
  return (
    <Link url={`/app/messages/${row.id}`} dataPrimaryLink removeUnderline monochrome>
      <Text as="span" fontWeight="semibold" breakWord>
        {title}
      </Text>
    </Link>
  )
}

function State({ row }: { row: Row }) {
  const reasonText = useReasonText()
  return (
    <InlineStack gap="200" blockAlign="center">
      <MessageStateBadge state={row.state} />
      {row.reason && (
        <Text as="span" tone="subdued" variant="bodySm" breakWord>
          {reasonText(row.reason)}
        </Text>
      )}
    </InlineStack>
  )
}
