// Keeps the partitions of the append-only tables: made ahead of time, dropped when their time is over.
import type { Database } from '#app/platform/database.server.ts'

interface PartitionedTable {
  table: 'event' | 'inbox_seen' | 'inbox_archive'
  unit: 'day' | 'month'
}

const tables: PartitionedTable[] = [
  { table: 'event', unit: 'month' },
  { table: 'inbox_seen', unit: 'day' },
  { table: 'inbox_archive', unit: 'day' },
]

const known = new WeakMap<Database, Set<string>>()

/** Makes the partitions that rows of `times` fall into, where they are missing. Cheap when they are known to exist. */
export async function ensurePartitions(db: Database, times: readonly Date[]): Promise<void> {
  let made = known.get(db)
  if (!made) {
    made = new Set()
    known.set(db, made)
  }
  for (const { table, unit } of tables)
    for (const time of times) {
      const { name, from, to } = partitionOf(table, unit, time)
      if (made.has(name)) continue
      await createPartition(db, table, name, from, to)
      made.add(name)
    }
}

/** Drops the daily partitions that end before `before`. Returns their names. */
export async function dropDailyPartitions(db: Database, table: 'inbox_seen' | 'inbox_archive', before: Date) {
  const limit = partitionOf(table, 'day', before).name
  const { rows } = await db.pool.query<{ name: string }>(
    `select c.relname as name from pg_inherits i join pg_class c on c.oid = i.inhrelid
     where i.inhparent = $1::regclass and c.relname < $2 and c.relname <> $3 order by c.relname`,
    [table, limit, `${table}_default`],
  )
  for (const { name } of rows) {
    await db.pool.query(`drop table partitions."${name}"`)
    known.get(db)?.delete(name)
  }
  return rows.map((row) => row.name)
}

/** Attached rather than created in place: that takes a lock which lets readers and writers of the table go on. */
async function createPartition(db: Database, table: string, name: string, from: string, to: string) {
  const client = await db.pool.connect()
  try {
    await client.query('begin')
    await client.query(`select pg_advisory_xact_lock(hashtext('tern partitions'))`)
    const exists = await client.query(`select to_regclass($1) is not null as yes`, [`partitions.${name}`])
    if (!exists.rows[0].yes) {
      await client.query(`create table partitions.${name} (like ${table} including defaults including storage)`)
      await client.query(`with moved as (delete from only partitions.${table}_default d where d.${keyOf(table)} >= '${from}' and d.${keyOf(table)} < '${to}' returning d.*)
        insert into partitions.${name} select * from moved`)
      await client.query(
        `alter table ${table} attach partition partitions.${name} for values from ('${from}') to ('${to}')`,
      )
    }
    await client.query('commit')
  } catch (error) {
    await client.query('rollback').catch(() => {})
    throw error
  } finally {
    client.release()
  }
}

const keyOf = (table: string) => ({ event: 'occurred_at', inbox_seen: 'day', inbox_archive: 'received_at' })[table]

function partitionOf(table: string, unit: 'day' | 'month', time: Date) {
  const year = time.getUTCFullYear()
  const month = time.getUTCMonth()
  const from = unit === 'day' ? Date.UTC(year, month, time.getUTCDate()) : Date.UTC(year, month, 1)
  const to = unit === 'day' ? from + 86_400_000 : Date.UTC(year, month + 1, 1)
  const iso = (ms: number) => new Date(ms).toISOString()
  return {
    name: `${table}_${iso(from)
      .slice(0, unit === 'day' ? 10 : 7)
      .replaceAll('-', '_')}`,
    from: iso(from),
    to: iso(to),
  }
}
