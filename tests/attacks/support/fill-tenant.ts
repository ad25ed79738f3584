// Gives a shop a row in every tenant table that the database has, each text of it recognisable, whatever the tables are.
import type { ShopId } from '#app/lib/ids.ts'
import type { Database } from '#app/platform/database.server.ts'

export interface Column {
  name: string
  type: string
}

/** Every table of one shop's rows, with its columns; partitions are parts of their table. */
export async function tenantTables(db: Database): Promise<Map<string, Column[]>> {
  const { rows } = await db.pool.query<Column & { table: string }>(
    `select c.relname as table, a.attname as name, format_type(a.atttypid, a.atttypmod) as type
     from pg_class c
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
     where c.relkind in ('r', 'p')
       and exists (select from pg_attribute s where s.attrelid = c.oid and s.attname = 'shop_id')
     order by c.relname, a.attnum`,
  )
  const tables = new Map<string, Column[]>()
  for (const { table, ...column } of rows) tables.set(table, [...(tables.get(table) ?? []), column])
  return tables
}

export interface Marks {
  /** Stands in every text. */
  word: string
  /** Is every number that could be an id. */
  number: number
  uuid: string
}

/** One row in each table, with `marks` in it. What rows refer to need not be there. */
export async function fillTenant(db: Database, shopId: ShopId, marks: Marks): Promise<void> {
  const client = await db.pool.connect()
  try {
    await client.query('begin; set local session_replication_role = replica')
    for (const [table, columns] of await tenantTables(db)) {
      const names = columns.map(({ name }) => `"${name}"`).join(', ')
      const values = columns.map((column) => sampleOf(column, shopId, marks))
      const places = columns.map(({ type }, place) => `$${place + 1}::${type}`).join(', ')
      await client.query(`insert into ${table} (${names}) values (${places}) on conflict do nothing`, values)
    }
    await client.query('commit')
  } finally {
    client.release()
  }
}

/** What each table holds of the shop, by table: equal when nothing was changed, added or taken. */
export async function tenantDigest(db: Database, shopId: ShopId): Promise<Record<string, string>> {
  const digest: Record<string, string> = {}
  for (const table of (await tenantTables(db)).keys()) {
    const sql = `select count(*) || ' ' || coalesce(md5(string_agg(t::text, '|' order by t::text)), '') as digest
                 from ${table} t where shop_id = $1`
    digest[table] = (await db.pool.query<{ digest: string }>(sql, [shopId])).rows[0]!.digest
  }
  return digest
}

function sampleOf({ name, type }: Column, shopId: ShopId, { word, number, uuid }: Marks): unknown {
  if (name === 'shop_id') return shopId
  if (/^(timestamp|date)/.test(type)) return '2026-11-01T00:00:00Z'
  if (/^(integer|bigint|numeric)/.test(type)) return number
  switch (type) {
    case 'text':
      return `${word} ${name}`
    case 'text[]':
      return [`${word} ${name}`]
    case 'jsonb':
      return JSON.stringify({ word: `${word} ${name}` })
    case 'jsonb[]':
      return [JSON.stringify({ word })]
    case 'uuid':
      return uuid
    case 'uuid[]':
      return [uuid]
    case 'bigint[]':
    case 'integer[]':
      return [number]
    case 'smallint':
    case 'real':
    case 'double precision':
      return 1
    case 'boolean':
      return false
    case 'bytea':
      return Buffer.from(`${word} ${name}`)
    case 'character(2)':
      return 'GB'
    case 'character(3)':
      return 'GBP'
    default:
      throw new Error(`say in ${import.meta.filename} what a ${type} looks like: column ${name}`)
  }
}
