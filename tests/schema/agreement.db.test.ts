// The migrations and prisma/schema.prisma must describe the same tables.
import { execFile } from 'node:child_process'
import { createRequire } from 'node:module'
import { promisify } from 'node:util'
import { expect, test } from 'vitest'
import type { Database } from '#app/platform/database.server.ts'
import { createTestDatabase } from '#tests/database.ts'

const run = promisify(execFile)
const migrated = await createTestDatabase()
const declared = await createTestDatabase()

test('a database made from the Prisma schema has the columns, keys and references of a migrated one', async () => {
  await declared.pool.query('drop schema public cascade; drop schema partitions cascade; create schema public')
  await declared.pool.query(await scriptOfSchema())
  expect(await shapeOf(declared)).toEqual(await shapeOf(migrated))
})

test('every tenant table has shop_id first in its primary key, and row-level security forced', async () => {
  const { rows } = await migrated.pool.query<{ table: string; first: string; forced: boolean; policies: number }>(
    `select c.relname as table, a.attname as first, c.relforcerowsecurity as forced,
       (select count(*)::int from pg_policy p where p.polrelid = c.oid) as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_index i on i.indrelid = c.oid and i.indisprimary
     join pg_attribute a on a.attrelid = c.oid and a.attnum = i.indkey[0]
     where n.nspname = 'public' and c.relkind in ('r', 'p')
       and exists (select 1 from pg_attribute s where s.attrelid = c.oid and s.attname = 'shop_id')`,
  )
  expect(rows.length).toBeGreaterThan(20)
  expect(rows.filter((row) => row.first !== 'shop_id' || !row.forced || row.policies !== 2)).toEqual([])
})

async function scriptOfSchema() {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js')
  const args = ['migrate', 'diff', '--from-empty', '--to-schema-datamodel', 'prisma/schema.prisma', '--script']
  const { stdout } = await run(process.execPath, [prisma, ...args], {
    env: { ...process.env, DATABASE_URL: declared.url },
  })
  return stdout
}

async function shapeOf(db: Database) {
  const columns = await db.pool.query<{ line: string }>(
    `select c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
       || case when a.attnotnull then ' not null' else '' end
       || case when a.attgenerated <> '' then '' else coalesce(' default ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '::[a-z ]+(\\[\\])?|ARRAY\\[\\]|''\\{\\}''', '{}', 'g'), '') end as line
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     left join pg_attrdef d on d.adrelid = c.oid and d.adnum = a.attnum
     where n.nspname = 'public' and c.relkind in ('r', 'p') and c.relname !~ '^_prisma'`,
  )
  const constraints = await db.pool.query<{ line: string }>(
    `select r.relname || ' ' || replace(pg_get_constraintdef(c.oid), ' NOT VALID', '') as line
     from pg_constraint c join pg_class r on r.oid = c.conrelid join pg_namespace n on n.oid = r.relnamespace
     where n.nspname = 'public' and c.contype in ('p', 'f') and c.conparentid = 0 and r.relname !~ '^_prisma'`,
  )
  const uniques = await db.pool.query<{ line: string }>(
    `select r.relname || ' ' || (select string_agg(a.attname, ', ' order by k.place)
         from unnest(i.indkey) with ordinality k (num, place) join pg_attribute a on a.attrelid = r.oid and a.attnum = k.num) as line
     from pg_index i join pg_class r on r.oid = i.indrelid join pg_namespace n on n.oid = r.relnamespace
     where n.nspname = 'public' and i.indisunique and not i.indisprimary and i.indpred is null and r.relname !~ '^_prisma'`,
  )
  // Prisma writes the default precision out, and cannot say that a list is never null, nor that a column is computed.
  const plain = (line: string) => line.replace('timestamp(6)', 'timestamp').replace('[] not null', '[]')
  const lines = (rows: { line: string }[]) => rows.map((row) => plain(row.line)).sort()
  return { columns: lines(columns.rows), constraints: lines(constraints.rows), uniques: lines(uniques.rows) }
}
