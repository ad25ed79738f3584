// Search and filters over a list, kept in the address.
import { useNavigation } from '@remix-run/react'
import { ChoiceList, IndexFilters, type IndexFiltersProps, useSetIndexFiltersMode } from '@shopify/polaris'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useUrlFilters } from './use-url-filters.ts'

export interface ListFilter {
  /** The name in the address. */
  name: string
  label: string
  choices: { value: string; label: string }[]
}

export interface ListFiltersProps {
  filters: readonly ListFilter[]
  /** Says what the search looks into; without one there is no search. */
  searchHint?: string
  sortOptions?: NonNullable<IndexFiltersProps['sortOptions']>
  defaultSort?: string
}

const searchPauseMs = 300

export function ListFilters({ filters, searchHint, sortOptions, defaultSort }: ListFiltersProps) {
  const { t } = useTranslation()
  const url = useUrlFilters()
  const isLoading = useNavigation().state === 'loading'
  const { mode, setMode } = useSetIndexFiltersMode()
  const [typed, setTyped] = useTypedSearch()
  const clearAll = () => {
    setTyped('')
    url.set(Object.fromEntries([['q', ''], ...filters.map(({ name }) => [name, ''])]))
  }
  return (
    <IndexFilters
      mode={mode}
      setMode={setMode}
      tabs={[]}
      selected={0}
      canCreateNewView={false}
      loading={isLoading}
      queryValue={typed}
      queryPlaceholder={searchHint ?? t('table.search')}
      hideQueryField={!searchHint}
      onQueryChange={setTyped}
      onQueryClear={() => setTyped('')}
      cancelAction={{ onAction: clearAll }}
      onClearAll={clearAll}
      filters={filters.map((filter) => ({
        key: filter.name,
        label: filter.label,
        pinned: true,
        filter: (
          <ChoiceList
            title={filter.label}
            titleHidden
            choices={filter.choices}
            selected={[url.get(filter.name)]}
            onChange={([value]) => url.set({ [filter.name]: value ?? '' })}
          />
        ),
      }))}
      appliedFilters={filters
        .filter(({ name }) => url.get(name))
        .map(({ name, label, choices }) => ({
          key: name,
          label: `${label}: ${choices.find(({ value }) => value === url.get(name))?.label ?? url.get(name)}`,
          onRemove: () => url.set({ [name]: '' }),
        }))}
      {...(sortOptions && {
        sortOptions,
        sortSelected: [url.get('sort') || defaultSort || sortOptions[0]!.value],
        onSort: ([value]: string[]) => url.set({ sort: value ?? '' }),
      })}
    />
  )
}

/** What is being typed, told to the address once the merchant pauses. */
function useTypedSearch() {
  const url = useUrlFilters()
  const stored = url.get('q')
  const [typed, setTyped] = useState(stored)
  useEffect(() => {
    if (typed === stored) return
    const pause = setTimeout(() => url.set({ q: typed }), searchPauseMs)
    return () => clearTimeout(pause)
  })
  return [typed, setTyped] as const
}
