// Profiles: everybody that the shop knows, found by the beginning of an address or name, and by what is known of them.
import { useLoaderData } from '@remix-run/react'
import { BlockStack, EmptyState, InlineStack, Link, Page, Text } from '@shopify/polaris'
import { useTranslation } from 'react-i18next'
import { z } from 'zod'
import { cursorIn } from '#app/lib/keyset.ts'
import { listProfiles } from '#app/profiles/list-profiles.server.ts'
import { consentChoices, orderChoices } from '#app/profiles/profile-choices.ts'
import { profileFilterIn } from '#app/profiles/profile-filter.ts'
import { useFormat } from '#app/ui/frame-data.ts'
import type { ListFilter } from '#app/ui/ListFilters.tsx'
import { PagedTable } from '#app/ui/PagedTable.tsx'
import { ConsentBadge } from '#app/ui/people/StateBadges.tsx'
import { StoppedBadge } from '#app/ui/people/StoppedBadge.tsx'
import { usePersonName } from '#app/ui/people/use-person-name.ts'
import { pageLoader } from './page.server.ts'
import { listCountries } from './profiles.server.ts'

export const handle = { i18n: ['profiles', 'people'] }

const keysSchema = z.tuple([z.int()])

export const loader = pageLoader(({ withShop, query }) => {
  const filter = profileFilterIn(query)
  const cursor = cursorIn(query, (keys) => keysSchema.safeParse(keys).data ?? null)
  return withShop(async (tx) => {
    const [page, countries] = await Promise.all([listProfiles(tx, filter, cursor), listCountries(tx)])
    const isFiltered = Object.values(filter).some((value) => value !== null && value !== '')
    return { page, countries, filter, isEmpty: page.rows.length === 0 && !isFiltered && cursor.keys === null }
  })
})

type Listed = ReturnType<typeof useLoaderData<typeof loader>>['page']['rows'][number]

export default function Profiles() {
  const { t } = useTranslation('profiles')
  const { page, countries, filter, isEmpty } = useLoaderData<typeof loader>()
  const format = useFormat()
  const filters = useFilters(countries, filter.tag)
  if (isEmpty) return <NobodyYet />
  return (
    <Page title={t('title')}>
      <PagedTable
        page={page}
        resourceName={{ singular: t('one'), plural: t('many') }}
        searchHint={t('searchHint')}
        filters={filters}
        headings={[
          { title: t('column.person') },
          { title: t('column.consent') },
          { title: t('column.country') },
          { title: t('column.orders'), alignment: 'end' },
          { title: t('column.spent'), alignment: 'end' },
          { title: t('column.lastOrder'), alignment: 'end' },
        ]}
        idOf={({ id }) => String(id)}
        cells={(row) => [
          <Person key="person" row={row} />,
          <Badges key="consent" row={row} />,
          row.countryCode ?? '',
          <Figure key="orders">{format.number(row.orderCount)}</Figure>,
          <Figure key="spent">{format.money(row.totalSpentMinor)}</Figure>,
          <Figure key="last">{row.lastOrderAt ? format.date(row.lastOrderAt) : ''}</Figure>,
        ]}
        narrow={(row) => (
          <BlockStack gap="100">
            <Person row={row} />
            <InlineStack gap="200" blockAlign="center">
              <Badges row={row} />
              <Text as="span" tone="subdued">
                {t('ordersCount', { count: row.orderCount })}
              </Text>
            </InlineStack>
          </BlockStack>
        )}
      />
    </Page>
  )
}

function Person({ row }: { row: Listed }) {
  const nameOf = usePersonName()
  const name = nameOf(row)
  return (
    <BlockStack>
      <Link url={`/app/profiles/${row.id}`} dataPrimaryLink removeUnderline monochrome>
        <Text as="span" fontWeight="semibold">
          {name}
        </Text>
      </Link>
      {row.email && row.email !== name && (
        <Text as="span" tone="subdued" breakWord>
          {row.email}
        </Text>
      )}
    </BlockStack>
  )
}

function Badges({ row }: { row: Listed }) {
  return (
    <InlineStack gap="100">
      <ConsentBadge consent={row.consent} />
      {row.suppressedBecause !== null && <StoppedBadge />}
    </InlineStack>
  )
}

function Figure({ children }: { children: string }) {
  return (
    <Text as="span" alignment="end" numeric>
      {children}
    </Text>
  )
}

function NobodyYet() {
  const { t } = useTranslation('profiles')
  return (
    <Page title={t('title')}>
      <EmptyState heading={t('empty.title')} image="">
        <p>{t('empty.text')}</p>
      </EmptyState>
    </Page>
  )
}

function useFilters(countries: readonly string[], tag: string | null): ListFilter[] {
  const { t, i18n } = useTranslation(['profiles', 'people'])
  const names = new Intl.DisplayNames([i18n.language], { type: 'region', fallback: 'code' })
  return [
    {
      name: 'consent',
      label: t('filter.consent'),
      choices: consentChoices.map((value) => ({ value, label: t(`people:consent.${value}`) })),
    },
    {
      name: 'orders',
      label: t('filter.orders'),
      choices: orderChoices.map((value) => ({ value, label: t(`filter.${value}`) })),
    },
    {
      name: 'suppressed',
      label: t('filter.suppressed'),
      choices: (['yes', 'no'] as const).map((value) => ({ value, label: t(`filter.${value}`) })),
    },
    {
      name: 'country',
      label: t('filter.country'),
      choices: countries.map((value) => ({ value, label: names.of(value) ?? value })),
    },
    // A tag is picked on a profile's page; here it can be taken away again.
    ...(tag === null ? [] : [{ name: 'tag', label: t('filter.tag'), choices: [{ value: tag, label: tag }] }]),
  ]
}
