import { expect, test } from 'vitest'
import type { ShopId } from '#app/lib/ids.ts'
import { withShop } from '#app/platform/database.server.ts'
import { insertRows, type Row } from '#tests/builders/rows.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { listProfiles, type ProfileCursor } from './list-profiles.server.ts'
import { profileFilterIn } from './profile-filter.ts'

const db = await createTestDatabase()
const createdAt = new Date('2026-03-01T00:00:00Z')
const firstPage: ProfileCursor = { direction: 'after', keys: null }

const people = [
  { email: 'Ann.Lee@example.com', first_name: 'Ann', last_name: 'Lee', country_code: 'GB', consent: 'subscribed' },
  { email: 'bob@example.com', first_name: 'Bob', last_name: 'Ångström', country_code: 'DE', tags: ['vip'] },
  { email: 'cy@example.com', first_name: 'Cy', last_name: 'Annis', order_count: 1, email_hash: 'stopped' },
  { email: 'a_b%c@example.com', first_name: null, last_name: null, order_count: 3 },
  { email: 'gone@example.com', first_name: 'Gone', last_name: 'Away', erased_at: createdAt },
  { email: 'twin@example.com', first_name: 'Twin', last_name: 'Ann', merged_into: 1 },
]

test.each([
  ['', ['a_b%c', 'cy', 'bob', 'Ann.Lee']],
  ['q=ann', ['cy', 'Ann.Lee']],
  ['q=ANN LEE', ['Ann.Lee']],
  ['q=ann.lee@ex', ['Ann.Lee']],
  ['q=ång', ['bob']],
  ['q=a_b%25', ['a_b%c']],
  ['q=%25', []],
  ['q=gone', []],
  ['consent=subscribed', ['Ann.Lee']],
  ['tag=vip', ['bob']],
  ['country=de', ['bob']],
  ['orders=none', ['bob', 'Ann.Lee']],
  ['orders=once', ['cy']],
  ['orders=again', ['a_b%c']],
  ['suppressed=yes', ['cy']],
  ['suppressed=no&orders=once', []],
  ["consent=nonsense&country=GBR&orders='", ['a_b%c', 'cy', 'bob', 'Ann.Lee']],
])('a list of "%s" holds those people, the newest first, and nobody who is erased or merged', async (query, names) => {
  const shopId = await buildPeople(people)
  await insertRows(db, 'suppression', [
    { shop_id: shopId, email_hash: 'stopped', reason: 'bounce', created_at: createdAt },
  ])
  const { rows } = await list(shopId, query, firstPage)
  expect(rows.map(({ email }) => email?.split('@')[0])).toEqual(names)
})

test('paging forwards and back again shows everybody once, in the same order', async () => {
  const shopId = await buildPeople(Array.from({ length: 120 }, (_, place) => ({ email: `p${place}@example.com` })))
  const first = await list(shopId, '', firstPage)
  const second = await list(shopId, '', { direction: 'after', keys: keysIn(first.next!) })
  const third = await list(shopId, '', { direction: 'after', keys: keysIn(second.next!) })
  const emails = [...first.rows, ...second.rows, ...third.rows].map(({ email }) => email)
  expect(emails).toEqual(Array.from({ length: 120 }, (_, place) => `p${119 - place}@example.com`))
  expect(third.next).toBeNull()
  expect(first.previous).toBeNull()
  const back = await list(shopId, '', { direction: 'before', keys: keysIn(second.previous!) })
  expect(back.rows).toEqual(first.rows)
})

test('nobody of another shop is found', async () => {
  await buildPeople(people)
  const other = await buildShop(db)
  expect((await list(other, 'q=ann', firstPage)).rows).toEqual([])
})

async function buildPeople(rows: readonly Row[]): Promise<ShopId> {
  const shopId = await buildShop(db)
  const columns = { email_hash: null, first_name: null, last_name: null, country_code: null, consent: 'unknown' }
  const more = { tags: [], order_count: 0, erased_at: null, merged_into: null, created_at: createdAt }
  const empty = { total_spent_minor: 0, attributes: {}, stated_at: {}, tag_changes: {} }
  const { rows: ids } = await db.pool.query<{ id: number }>(
    `select nextval('profile_id_seq') as id from generate_series(1, $1::int)`,
    [rows.length],
  )
  await insertRows(
    db,
    'profile',
    rows.map((row, place) => ({ shop_id: shopId, id: ids[place]!.id, ...columns, ...more, ...empty, ...row })),
  )
  return shopId
}

const list = (shopId: ShopId, query: string, cursor: ProfileCursor) =>
  withShop(db, shopId, (tx) => listProfiles(tx, profileFilterIn(new URLSearchParams(query)), cursor))

const keysIn = (text: string): [number] => JSON.parse(decodeURIComponent(atob(text)))
