// A list's search, filters, sorting and page live in the address: links to them work, and so does going back.
import { useSearchParams } from '@remix-run/react'
import { useCallback } from 'react'

/** Where the list stops and continues; changing what is listed begins again at the first page. */
const cursorNames = ['after', 'before']

export interface UrlFilters {
  get(name: string): string
  /** Sets, or with '' removes, filters. */
  set(changes: Record<string, string>): void
  /** Goes to another page of the same list. */
  turn(direction: 'after' | 'before', cursor: string): void
}

export function useUrlFilters(): UrlFilters {
  const [query, setQuery] = useSearchParams()
  const change = useCallback(
    (changes: Record<string, string>, isTyping = false) =>
      setQuery(
        (before) => {
          const next = new URLSearchParams(before)
          for (const name of cursorNames) next.delete(name)
          for (const [name, value] of Object.entries(changes)) {
            if (value) next.set(name, value)
            else next.delete(name)
          }
          return next
        },
        { replace: isTyping, preventScrollReset: true },
      ),
    [setQuery],
  )
  return {
    get: (name) => query.get(name) ?? '',
    set: (changes) => change(changes, 'q' in changes),
    turn: (direction, cursor) => change({ [direction]: cursor }),
  }
}
