// The rule of every state row in SQL: an older payload never overwrites a newer one, whatever order they come in.

/**
 * The assignments of `on conflict do update` for `columns`: each takes the told value only when that is at least as new
 * as the stored row `alias`. Of two from the same moment the one worth more wins, so that the order of arrival is
 * without influence.
 */
export function newestColumns(alias: string, columns: readonly string[], worth?: string): string {
  const order = (row: string) => (worth ? `(${row}.source_updated_at, ${row}.${worth})` : `${row}.source_updated_at`)
  const isNewest = `${order('excluded')} >= ${order(alias)}`
  return [
    ...columns.map((column) => `${column} = case when ${isNewest} then excluded.${column} else ${alias}.${column} end`),
    `source_updated_at = greatest(${alias}.source_updated_at, excluded.source_updated_at)`,
  ].join(',\n      ')
}
