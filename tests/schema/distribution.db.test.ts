// The rules by which the schema can be distributed by shop (Citus): docs/citus.md must stay true.
import { readdirSync, readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const docs = readFileSync('docs/citus.md', 'utf8')
const reference = ['shop']
const local = ['shop_lane', 'session', 'keyring', '_prisma_migrations']
const isTable = `join pg_class c on c.oid = %.conrelid join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'`

test('every table is distributed by shop_id, copied to every server, or known to stay on the coordinator', async () => {
  const { rows } = await db.pool.query<{ table: string; column: string | null }>(
    `select c.relname as table, a.attname as column from pg_class c
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public'
     left join pg_attribute a on a.attrelid = c.oid and a.attname = 'shop_id' and a.attnotnull
     where c.relkind in ('r', 'p')`,
  )
  const ddl = (name: string, call: string) => docs.includes(`${call}('${name}'`)
  for (const { table, column } of rows) {
    if (table === '_prisma_migrations') continue
    if (reference.includes(table)) expect([table, ddl(table, 'create_reference_table')]).toEqual([table, true])
    else if (local.includes(table))
      expect([table, ddl(table, 'citus_add_local_table_to_metadata')]).toEqual([table, true])
    else expect([table, column, ddl(table, 'create_distributed_table')]).toEqual([table, 'shop_id', true])
  }
})

test('every unique key of a distributed table contains shop_id', async () => {
  const { rows } = await db.pool.query<{ table: string; index: string; columns: string[] }>(
    `select t.relname as table, i.relname as index,
       (select array_agg(a.attname::text) from pg_attribute a where a.attrelid = t.oid and a.attnum = any(x.indkey)) as columns
     from pg_index x join pg_class i on i.oid = x.indexrelid join pg_class t on t.oid = x.indrelid
     join pg_namespace n on n.oid = t.relnamespace and n.nspname = 'public'
     where x.indisunique and t.relkind in ('r', 'p')`,
  )
  expect(rows.length).toBeGreaterThan(20)
  const wrong = rows.filter(({ table, columns }) => isDistributed(table) && !columns.includes('shop_id'))
  expect(wrong).toEqual([])
})

test('every reference between distributed tables goes by shop_id on both sides', async () => {
  const { rows } = await db.pool.query<{ table: string; target: string; from: string[]; to: string[] }>(
    `select c.relname as table, target.relname as target,
       (select array_agg(a.attname::text order by k.place) from unnest(f.conkey) with ordinality k (num, place)
        join pg_attribute a on a.attrelid = f.conrelid and a.attnum = k.num) as from,
       (select array_agg(a.attname::text order by k.place) from unnest(f.confkey) with ordinality k (num, place)
        join pg_attribute a on a.attrelid = f.confrelid and a.attnum = k.num) as to
     from pg_constraint f ${isTable.replace('%', 'f')} join pg_class target on target.oid = f.confrelid
     where f.contype = 'f' and f.conparentid = 0`,
  )
  expect(rows.length).toBeGreaterThan(15)
  const wrong = rows.filter(({ table, target, from, to }) => {
    if (reference.includes(target)) return false
    const place = from.indexOf('shop_id')
    return !isDistributed(table) || !isDistributed(target) || place === -1 || to[place] !== 'shop_id'
  })
  expect(wrong).toEqual([])
})

test('no table has a trigger, a column made by the database out of order, or a reference from a copied table', async () => {
  const { rows } = await db.pool.query(
    `select c.relname from pg_trigger t join pg_class c on c.oid = t.tgrelid
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'public' where not t.tgisinternal
     union all
     select c.relname from pg_constraint f ${isTable.replace('%', 'f')} where f.contype = 'f' and c.relname = any($1)`,
    [reference],
  )
  expect(rows).toEqual([])
})

test('statements that change rows inside a with are named in docs/citus.md, each and no other', () => {
  const files = readdirSync('app', { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.server.ts') && !file.startsWith('platform/prisma'))
    .map((file) => `app/${file.replaceAll('\\', '/')}`)
  const statements = /`[^`]*\bas (?:materialized )?\(\s*(?:insert into|update|delete from)\b[^`]*`/
  const found = files.filter((file) => statements.test(readFileSync(file, 'utf8')))
  const named = [...docs.matchAll(/^\| `(app\/[^`]+)` \|/gm)].map(([, file]) => file!)
  expect(named.toSorted()).toEqual(found.toSorted())
})

const isDistributed = (table: string) => !reference.includes(table) && !local.includes(table)
