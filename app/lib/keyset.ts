// Paging by the last row seen instead of by counting rows: as fast on the last page as on the first.

/** Which page of a list is asked for: the one after, or before, the row whose keys these are. */
export interface Cursor<Keys extends readonly (string | number)[]> {
  direction: 'after' | 'before'
  keys: Keys | null
}

export interface KeysetPage<Row> {
  rows: Row[]
  /** Cursor texts for the address, null where there is nothing more. */
  next: string | null
  previous: string | null
}

/** Reads `after=` or `before=`; what is not `parse`able counts as the first page. */
export function cursorIn<Keys extends readonly (string | number)[]>(
  query: URLSearchParams,
  parse: (value: unknown) => Keys | null,
): Cursor<Keys> {
  for (const direction of ['after', 'before'] as const) {
    const text = query.get(direction)
    const keys = text ? parse(decode(text)) : null
    if (keys) return { direction, keys }
  }
  return { direction: 'after', keys: null }
}

/**
 * Makes a page of `rows`, of which one more than `size` was read, in the direction of the cursor (so backwards for
 * "before"); `keysOf` are the values that the list is sorted by.
 */
export function keysetPage<Row, Keys extends readonly (string | number)[]>(
  rows: readonly Row[],
  { size, cursor, keysOf }: { size: number; cursor: Cursor<Keys>; keysOf: (row: Row) => Keys },
): KeysetPage<Row> {
  const hasMore = rows.length > size
  const isForward = cursor.direction === 'after'
  const shown = isForward ? rows.slice(0, size) : rows.slice(0, size).reverse()
  const first = shown.at(0)
  const last = shown.at(-1)
  return {
    rows: shown,
    next: last && (isForward ? hasMore : true) ? encode(keysOf(last)) : null,
    previous: first && (isForward ? cursor.keys !== null : hasMore) ? encode(keysOf(first)) : null,
  }
}

const encode = (keys: readonly (string | number)[]) =>
  btoa(encodeURIComponent(JSON.stringify(keys)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

function decode(text: string): unknown {
  try {
    return JSON.parse(decodeURIComponent(atob(text.replaceAll('-', '+').replaceAll('_', '/'))))
  } catch {
    return null
  }
}
