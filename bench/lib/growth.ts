// How tables grow under load, and what their cleaning makes of it.
import type { Database } from '#app/platform/database.server.ts'

const watched = ['inbox', 'inbox_seen', 'inbox_archive', 'event', 'cart', 'enrolment', 'shop_lane']

export interface TableState {
  tableMb: number
  indexMb: number
  deadRows: number
  vacuums: number
}

/** Partitions count with their table. */
export async function tableStates(db: Database): Promise<Map<string, TableState>> {
  const { rows } = await db.pool.query<TableState & { name: string }>(
    `select w.name, round(sum(pg_table_size(t.relid)) / 1e6, 1)::float8 as "tableMb",
       round(sum(pg_indexes_size(t.relid)) / 1e6, 1)::float8 as "indexMb",
       sum(coalesce(s.n_dead_tup, 0))::int as "deadRows", sum(coalesce(s.autovacuum_count, 0))::int as vacuums
     from unnest($1::text[]) as w (name) cross join lateral (
       select relid, isleaf from pg_partition_tree(w.name::regclass)
       union select w.name::regclass, not exists (select from pg_inherits where inhparent = w.name::regclass)
     ) t
     left join pg_stat_user_tables s on s.relid = t.relid where t.isleaf group by 1 order by 1`,
    [watched],
  )
  return new Map(rows.map(({ name, ...state }) => [name, state]))
}
