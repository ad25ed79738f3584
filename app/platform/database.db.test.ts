import { expect, test } from 'vitest'
import { withShop, withSystem } from '#app/platform/database.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'

const db = await createTestDatabase()

test('a unit of work for one shop neither sees nor changes another shop, even when no statement names a shop', async () => {
  const mine = await buildShop(db)
  const other = await buildShop(db)
  const seen = await withShop(db, mine, (tx) => tx.rows<{ shop_id: number }>('select shop_id from sender'))
  expect(seen).toEqual([{ shop_id: mine }])
  const changed = await withShop(db, mine, (tx) => tx.rows(`update sender set from_name = 'x' returning shop_id`))
  expect(changed).toHaveLength(1)
  await expect(
    withShop(db, mine, (tx) =>
      tx.rows(
        `insert into suppression (shop_id, email_hash, reason, created_at) values (${other}, 'x', 'bounce', '2026-01-01')`,
      ),
    ),
  ).rejects.toThrow(/row-level security/)
})

test('a connection that served one shop shows nothing of it to the next unit of work', async () => {
  const mine = await buildShop(db)
  await withShop(db, mine, (tx) => tx.rows('select 1'))
  const settings = await Promise.all(
    Array.from({ length: 8 }, () =>
      withSystem(db, (tx) =>
        tx.rows<{ shop: string | null }>(`select nullif(current_setting('app.shop_id', true), '') as shop`),
      ),
    ),
  )
  expect(settings.flat().every((row) => row.shop === null)).toBe(true)
})

test('work that throws leaves nothing behind', async () => {
  const mine = await buildShop(db)
  const failing = withShop(db, mine, async (tx) => {
    await tx.rows(
      `insert into suppression (shop_id, email_hash, reason, created_at) values ($1, 'y', 'bounce', '2026-01-01')`,
      [mine],
    )
    throw new Error('stop')
  })
  await expect(failing).rejects.toThrow('stop')
  expect(await withShop(db, mine, (tx) => tx.rows('select 1 from suppression'))).toEqual([])
})
