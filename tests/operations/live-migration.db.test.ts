// A migration of a large table while Tern works, as docs/operations.md tells to write one: nobody waits long for a lock.
import pg from 'pg'
import { expect, test } from 'vitest'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()
const rows = 20_000
/** Small enough that nobody waits long for a row of it. */
const batch = 1_000
/** A writer that waits longer than this for a lock fails, and with it the test. */
const patience = '2s'

/** Each sent by itself, as a migration file with one statement is. */
const recipe = [
  `set lock_timeout = '5s'`,
  'alter table profile add column favourite_colour text',
  `alter table profile add column visits int not null default 0`,
  'create index concurrently profile_favourite on profile (shop_id, favourite_colour)',
  `alter table profile add constraint visits_count check (visits >= 0) not valid`,
  'alter table profile validate constraint visits_count',
]

test('writers go on while a large table gets columns, an index, a constraint and its rows filled', async () => {
  const shop = await buildShop(db)
  await db.pool.query(
    `insert into profile (shop_id, email, created_at) select $1, n || '@post.example', now() from generate_series(1, $2::int) n`,
    [shop, rows],
  )
  const writers = await startWriters(shop)
  const client = new pg.Client({ connectionString: db.url })
  await client.connect()
  for (const statement of recipe) await client.query(statement)
  for (let from = 0; from < rows; from += batch)
    await client.query(
      `update profile set favourite_colour = 'teal'
       where shop_id = $1 and id > $2 and id <= $3 and favourite_colour is null`,
      [shop, from, from + batch],
    )
  await client.end()
  const written = await writers.stop()
  expect(written.every((count) => count > 0)).toBe(true)
  const { rows: indexes } = await db.pool.query(
    `select indisvalid from pg_index where indexrelid = 'profile_favourite'::regclass`,
  )
  expect(indexes).toEqual([{ indisvalid: true }])
})

test('a migration that cannot get its lock gives up, and whoever came behind it goes on', async () => {
  const shop = await buildShop(db)
  const holder = new pg.Client({ connectionString: db.url })
  await holder.connect()
  await holder.query('begin')
  await holder.query('select count(*) from profile')
  const migration = new pg.Client({ connectionString: db.url, lock_timeout: 200 })
  await migration.connect()
  await expect(migration.query('alter table profile add column shoe_size int')).rejects.toThrow('lock timeout')
  const writers = await startWriters(shop)
  await writers.stop()
  await holder.query('commit')
  await Promise.all([holder.end(), migration.end()])
})

/** Four that write without a pause until they are stopped; `stop` says how often each one did, or throws what stopped it. */
async function startWriters(shop: number) {
  let stopping = false
  const running = Array.from({ length: 4 }, async () => {
    const client = new pg.Client({ connectionString: db.url })
    await client.connect()
    await client.query(`set lock_timeout = '${patience}'`)
    let count = 0
    try {
      do {
        await client.query(
          `with fresh as (insert into profile (shop_id, email, created_at) values ($1, 'new@post.example', now()) returning id)
           update profile set first_name = 'Ann' where shop_id = $1 and id = 1 + (random() * ${rows})::bigint`,
          [shop],
        )
        count += 1
      } while (!stopping)
    } finally {
      await client.end()
    }
    return count
  })
  const all = Promise.all(running)
  all.catch(() => {})
  return {
    stop() {
      stopping = true
      return all
    },
  }
}
