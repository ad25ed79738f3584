// A list of the shop's things: a table with search, filters, bulk actions, pages, and words for when it is empty.
import { useNavigation } from '@remix-run/react'
import {
  Box,
  Card,
  EmptySearchResult,
  IndexTable,
  type IndexTableProps,
  useBreakpoints,
  useIndexResourceState,
} from '@shopify/polaris'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import type { KeysetPage } from '#app/lib/keyset.ts'
import { ListFilters, type ListFiltersProps } from './ListFilters.tsx'
import { useUrlFilters } from './use-url-filters.ts'

export interface PagedTableProps<Row> extends Partial<ListFiltersProps> {
  page: KeysetPage<Row>
  resourceName: { singular: string; plural: string }
  headings: IndexTableProps['headings']
  idOf(row: Row): string
  /** One cell per heading. The first holds the row's link: `<Link url=… dataPrimaryLink>`. */
  cells(row: Row): readonly ReactNode[]
  /** The row on a phone, where there is no room for columns. */
  narrow(row: Row): ReactNode
  /** Adds checkboxes: what can be done with the rows that are checked. */
  bulkActions?: (ids: string[], clear: () => void) => NonNullable<IndexTableProps['promotedBulkActions']>
}

export function PagedTable<Row>(props: PagedTableProps<Row>) {
  const { page, resourceName, headings, idOf, cells, narrow, bulkActions, filters = [], ...listFilters } = props
  const { t } = useTranslation()
  const url = useUrlFilters()
  const isLoading = useNavigation().state === 'loading'
  const isNarrow = useBreakpoints().smDown
  const ids = page.rows.map((row) => ({ id: idOf(row) }))
  const selection = useIndexResourceState(ids)
  return (
    <Card padding="0">
      <ListFilters filters={filters} {...listFilters} />
      <IndexTable
        resourceName={resourceName}
        headings={headings}
        itemCount={page.rows.length}
        condensed={isNarrow}
        loading={isLoading}
        selectable={bulkActions !== undefined}
        selectedItemsCount={selection.allResourcesSelected ? 'All' : selection.selectedResources.length}
        onSelectionChange={selection.handleSelectionChange}
        {...(bulkActions && {
          promotedBulkActions: bulkActions(selection.selectedResources, selection.clearSelection),
        })}
        emptyState={
          <EmptySearchResult title={t('table.emptyTitle')} description={t('table.emptyText')} withIllustration />
        }
        pagination={{
          hasNext: page.next !== null,
          hasPrevious: page.previous !== null,
          nextTooltip: t('table.next'),
          previousTooltip: t('table.previous'),
          onNext: () => url.turn('after', page.next!),
          onPrevious: () => url.turn('before', page.previous!),
        }}
      >
        {page.rows.map((row, position) => {
          const id = idOf(row)
          const isSelected = selection.selectedResources.includes(id)
          return (
            <IndexTable.Row key={id} id={id} position={position} selected={isSelected}>
              {isNarrow ? (
                <Box paddingInline="400" paddingBlock="200">
                  {narrow(row)}
                </Box>
              ) : (
                cells(row).map((cell, column) => <Cell key={headingKey(headings, column)}>{cell}</Cell>)
              )}
            </IndexTable.Row>
          )
        })}
      </IndexTable>
    </Card>
  )
}

const Cell = IndexTable.Cell

function headingKey(headings: IndexTableProps['headings'], column: number) {
  const heading = headings[column]
  return heading?.id ?? String(heading?.title ?? column)
}
