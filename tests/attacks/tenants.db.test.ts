// A shop's rows are seen and changed by nobody but that shop, though a statement forgets its `where`.
import { expect, test } from 'vitest'
import { shopId as asShopId } from '#app/lib/ids.ts'
import { withShop, withSystem } from '#app/platform/database.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { fillTenant, tenantDigest, tenantTables } from './support/fill-tenant.ts'

const db = await createTestDatabase()
const own = await buildShop(db, { sender: false })
const other = await buildShop(db, { sender: false })
await db.pool.query('delete from shop_lane')
await fillTenant(db, own, { word: 'ours', number: 900_001, uuid: '00000000-0000-4000-8000-000000000001' })
await fillTenant(db, other, { word: 'theirs', number: 900_002, uuid: '00000000-0000-4000-8000-000000000002' })
const tables = [...(await tenantTables(db)).keys()]

test('every table that a shop’s unit of work can reach is one shop’s rows, under forced row-level security', async () => {
  const { rows } = await db.pool.query<{ name: string; isForced: boolean; policies: string[] }>(
    `select c.relname as name, c.relrowsecurity and c.relforcerowsecurity as "isForced",
       array(select pg_get_expr(p.polqual, p.polrelid) from pg_policy p
             where p.polrelid = c.oid and 'tern_shop'::regrole = any(p.polroles)) as policies
     from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p', 'v', 'm', 'f')
       and has_table_privilege('tern_shop', c.oid, 'select, insert, update, delete, truncate')`,
  )
  expect(rows.map(({ name }) => name).sort()).toEqual([...tables, 'shop'].sort())
  for (const { name, isForced, policies } of rows) {
    expect([name, isForced]).toEqual([name, true])
    expect(policies, name).toHaveLength(1)
    expect(policies[0], name).toMatch(/^\((shop_)?id = .*current_setting\('app\.shop_id'/)
  }
})

test('no table without a shop, and no partition past its table’s policy, can be reached by a shop’s unit of work', async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select n.nspname || '.' || c.relname as name from pg_class c join pg_namespace n on n.oid = c.relnamespace
     where n.nspname not in ('pg_catalog', 'information_schema', 'pg_toast', 'pgboss') and c.relkind in ('r', 'p', 'v', 'm', 'f')
       and not (c.relrowsecurity and c.relforcerowsecurity)
       and has_table_privilege('tern_shop', c.oid, 'select, insert, update, delete, truncate')`,
  )
  expect(rows).toEqual([])
})

test('no function of ours runs with more rights than its caller', async () => {
  const { rows } = await db.pool.query(
    `select p.proname from pg_proc p join pg_namespace n on n.oid = p.pronamespace
     where p.prosecdef and n.nspname not in ('pg_catalog', 'information_schema')`,
  )
  expect(rows).toEqual([])
})

test.each(tables)(
  '%s: without a `where`, another shop’s rows are neither seen, nor changed, nor taken',
  async (table) => {
    const before = await tenantDigest(db, other)
    const seen = await withShop(db, own, (tx) => tx.rows<{ shop: number }>(`select shop_id as shop from ${table}`))
    expect(seen).toEqual([{ shop: own }])
    const rollBack = new Error('rolled back')
    for (const statement of [`update ${table} set shop_id = shop_id`, `delete from ${table}`]) {
      let touched: object[] = []
      const tried = withShop(db, own, async (tx) => {
        touched = await tx.rows(`with touched as (${statement} returning shop_id) select shop_id from touched`)
        throw rollBack
      })
      // What other rows depend on is not deleted; that it was not is as good.
      await expect(tried).rejects.toThrow()
      expect(touched.length, statement).toBeLessThanOrEqual(1)
    }
    expect(await tenantDigest(db, other)).toEqual(before)
  },
)

test.each(tables)('%s: no row can be put into, or moved to, another shop', async (table) => {
  const moved = withShop(db, own, (tx) => tx.rows(`update ${table} set shop_id = ${other}`))
  await expect(moved).rejects.toMatchObject({ code: '42501' })
})

test('a shop sees no other shop', async () => {
  expect(await withShop(db, own, (tx) => tx.rows('select id from shop'))).toEqual([{ id: own }])
  const renamed = withShop(db, own, (tx) => tx.rows(`update shop set name = 'x' returning id`))
  expect(await renamed).toEqual([{ id: own }])
})

test('nobody is the default: without a shop, or with one that is none, nothing is seen', async () => {
  for (const setting of ['reset app.shop_id', `set local app.shop_id = ''`, 'set local app.shop_id = 0']) {
    const client = await db.pool.connect()
    await client.query(`begin; set local role tern_shop; ${setting}`)
    for (const table of [...tables, 'shop'])
      expect((await client.query(`select 1 from ${table}`)).rowCount, table).toBe(0)
    await client.query('rollback')
    client.release()
  }
})

test('a connection that goes back to the pool keeps neither role nor shop, whether its work was done or failed', async () => {
  await withShop(db, own, (tx) => tx.rows('select 1'))
  await withShop(db, other, () => Promise.reject(new Error('failed'))).catch(() => {})
  await withSystem(db, (tx) => tx.rows('select 1'))
  const clients = await Promise.all(Array.from({ length: 8 }, () => db.pool.connect()))
  for (const client of clients) {
    const { rows } = await client.query(
      `select current_user = session_user as plain, current_setting('app.shop_id', true) as shop`,
    )
    expect([rows[0].plain, rows[0].shop || null]).toEqual([true, null])
    client.release()
  }
})

test('a shop’s number is a number: nothing else gets into the statement that names it', async () => {
  for (const odd of ["1'; reset role; --", Number.NaN, Number.POSITIVE_INFINITY, '1 or true']) {
    // What arrives here was a number by its type; this is for when it is not.
    const seen = withShop(db, asShopId(odd as number), (tx) => tx.rows('select 1 from profile')).catch(() => [])
    expect(await seen).toEqual([])
  }
})
