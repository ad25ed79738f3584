// Which tables hold a shop's rows, asked of the database itself: a table that is added later is not forgotten.
import { z } from 'zod'
import type { Tx } from '#app/platform/database.server.ts'

const tableName = z.string().regex(/^[a-z_]+$/)

/** Every tenant table with its columns, by name. */
export async function listTenantTables(tx: Tx): Promise<{ table: string; columns: string[] }[]> {
  return tx.rows<{ table: string; columns: string[] }>(
    `select c.table_name as table, array_agg(c.column_name::text order by c.ordinal_position) as columns
     from information_schema.columns c
     where c.table_schema = 'public'
     group by c.table_name having bool_or(c.column_name = 'shop_id') order by c.table_name`,
  )
}

/** The tables with a `column`, those first that others don't refer to: in this order they can be emptied. */
export async function listTablesWith(tx: Tx, column: 'shop_id' | 'profile_id'): Promise<string[]> {
  const tables = await tx.rows<{ name: string }>(
    `select c.relname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attname = $1 and not a.attisdropped
     where n.nspname = 'public' and c.relkind in ('r', 'p') order by c.relname`,
    [column],
  )
  const references = await tx.rows<{ child: string; parent: string }>(
    `select child.relname as child, parent.relname as parent from pg_constraint r
     join pg_class child on child.oid = r.conrelid
     join pg_class parent on parent.oid = r.confrelid
     where r.contype = 'f' and r.conparentid = 0 and child.oid <> parent.oid`,
  )
  const ordered: string[] = []
  let left = tables.map(({ name }) => tableName.parse(name))
  while (left.length > 0) {
    const free = left.filter((name) => !references.some(({ child, parent }) => parent === name && left.includes(child)))
    if (free.length === 0) throw new Error(`tables refer to each other in a circle: ${left.join(', ')}`)
    ordered.push(...free)
    left = left.filter((name) => !free.includes(name))
  }
  return ordered
}
