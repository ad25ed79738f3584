import { expect, test } from 'vitest'
import type { Identity } from '#app/events/observation.ts'
import type { ShopId } from '#app/lib/ids.ts'
import { withSystem } from '#app/platform/database.server.ts'
import { minute } from '#tests/builders/observations.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { identityHash } from './email-hash.ts'
import type { PersonStatement } from './person-statement.ts'
import { profileTables, uniqueProfileTables } from './profile-tables.ts'
import { recordStatements } from './record-statements.server.ts'

const db = await createTestDatabase()
const now = new Date('2026-06-02T00:00:00Z')

const read = <Row extends object>(sql: string, ...values: unknown[]) =>
  withSystem(db, (tx) => tx.rows<Row>(sql, values))

/** Statements about these identities, a minute apart, in a batch each; returns whom each one meant. */
async function state(shopId: ShopId, identities: (Identity & Partial<PersonStatement>)[]) {
  const ids: (number | null)[] = []
  for (const [index, { customerId, email, phone, checkoutToken, cartToken, ...rest }] of identities.entries()) {
    const identity = { customerId, email, phone, checkoutToken, cartToken }
    const statement = { shopId, identity, at: minute(index + 1), createIfMissing: true, isInteraction: true, ...rest }
    const { outcomes } = await withSystem(db, (tx) => recordStatements(tx, [statement], now, 'pepper'))
    ids.push(outcomes[0]!.profileId)
  }
  return ids
}

const merges = (shop: ShopId) =>
  read(
    `select from_profile_id as "from", into_profile_id as "into", reason from profile_merge where shop_id = $1`,
    shop,
  )

test('two profiles that one statement names become one: the one with a customer id, and the merge is logged', async () => {
  const shop = await buildShop(db)
  const [guest, customer, both] = await state(shop, [
    { email: 'ann@x.example' },
    { customerId: 'c1' },
    { customerId: 'c1', email: 'ann@x.example' },
  ])
  expect(guest).not.toBe(customer)
  expect(both).toBe(customer)
  expect(await merges(shop)).toEqual([{ from: guest, into: customer, reason: 'same email' }])
  expect(await read(`select email, merged_into from profile where shop_id = $1 order by id`, shop)).toEqual([
    { email: null, merged_into: customer },
    { email: 'ann@x.example', merged_into: null },
  ])
})

test('of two without a customer id the older one stays', async () => {
  const shop = await buildShop(db)
  const [first, second, both] = await state(shop, [
    { phone: '1' },
    { email: 'ann@x.example' },
    { phone: '1', email: 'ann@x.example' },
  ])
  expect([first, both]).toEqual([first, first])
  expect(await merges(shop)).toEqual([{ from: second, into: first, reason: 'same phone' }])
})

test('two customers never become one, and their address leads to whom the newest statement gives it', async () => {
  const shop = await buildShop(db)
  const [ann, bob, byEmail, late, stillBob] = await state(shop, [
    { customerId: 'c1', email: 'home@x.example' },
    { customerId: 'c2', email: 'home@x.example' },
    { email: 'home@x.example' },
    { customerId: 'c1', email: 'home@x.example', at: minute(0) },
    { email: 'home@x.example' },
  ])
  expect(ann).not.toBe(bob)
  expect([byEmail, late, stillBob]).toEqual([bob, ann, bob])
  expect(await merges(shop)).toEqual([])
})

test('a token or a phone does not make one of two people with different addresses', async () => {
  const shop = await buildShop(db)
  const [typo, right, cart] = await state(shop, [
    { email: 'anm@x.example', checkoutToken: 't', cartToken: 'c', phone: '1' },
    { email: 'ann@x.example', checkoutToken: 't', cartToken: 'c', phone: '1' },
    { cartToken: 'c', createIfMissing: false },
  ])
  expect(right).not.toBe(typo)
  expect(cart).toBe(right)
  expect(await merges(shop)).toEqual([])
})

test('customers that Shopify merged are merged here, and the one that Shopify kept gives its id', async () => {
  const shop = await buildShop(db)
  const customerMerged = { keptId: 'c2', mergedId: 'c1', at: minute(3) }
  const [old, kept, merged, late] = await state(shop, [
    { customerId: 'c1' },
    { customerId: 'c2' },
    { customerId: 'c2', customerMerged, createIfMissing: false },
    { customerId: 'c1' },
  ])
  expect(kept).not.toBe(old)
  expect([merged, late]).toEqual([old, old])
  expect(
    await read(`select shopify_customer_id as id from profile where shop_id = $1 and merged_into is null`, shop),
  ).toEqual([{ id: 'c2' }])
})

test('who was erased is not made known again by old data, nor by a record, but by coming back', async () => {
  const shop = await buildShop(db)
  await withSystem(db, (tx) =>
    tx.rows('insert into tombstone (shop_id, identity_hash, erased_at) values ($1, $2, $3)', [
      shop,
      identityHash({ kind: 'email', value: 'ann@x.example' }, 'pepper'),
      minute(100),
    ]),
  )
  const [old, record, back, oldAgain] = await state(shop, [
    { email: 'Ann@x.example', at: minute(99) },
    { email: 'ann@x.example', customerId: 'c1', at: minute(120), isInteraction: false },
    { email: 'ann@x.example', at: minute(130) },
    { email: 'ann@x.example', at: minute(98) },
  ])
  expect([old, record, oldAgain]).toEqual([null, null, null])
  expect(back).not.toBeNull()
})

test('another customer who shares the telephone of someone erased is heard as before', async () => {
  const shop = await buildShop(db)
  await withSystem(db, (tx) =>
    tx.rows('insert into tombstone (shop_id, identity_hash, erased_at) values ($1, $2, $3)', [
      shop,
      identityHash({ kind: 'phone', value: '1' }, 'pepper'),
      minute(100),
    ]),
  )
  const [customer, phoneOnly] = await state(shop, [
    { customerId: 'c1', phone: '1', isInteraction: false },
    { phone: '1' },
  ])
  expect(customer).not.toBeNull()
  expect(phoneOnly).toBeNull()
})

test('an older record changes no newer name, and a deleted tag stays deleted', async () => {
  const shop = await buildShop(db)
  await state(shop, [
    {
      customerId: 'c1',
      profile: { firstName: 'Ann', updatedAt: minute(10) },
      tags: { remove: ['vip'], at: minute(10) },
    },
    {
      customerId: 'c1',
      profile: { firstName: 'Old', lastName: 'Lee', updatedAt: minute(5) },
      tags: { add: ['vip', 'trade'], at: minute(5) },
    },
    { customerId: 'c1', tags: { all: ['b2b'], at: minute(20) } },
    { customerId: 'c1', tags: { add: ['late'], at: minute(15) } },
  ])
  expect(await read(`select first_name, last_name, tags from profile where shop_id = $1`, shop)).toEqual([
    { first_name: 'Ann', last_name: 'Lee', tags: ['b2b'] },
  ])
})

test('a merge moves the rows of every table that has a profile', async () => {
  const tables = await read<{ table: string }>(
    `select c.relname as table from pg_attribute a join pg_class c on c.oid = a.attrelid
     join pg_namespace n on n.oid = c.relnamespace
     where n.nspname = 'public' and c.relkind in ('r', 'p') and a.attname = 'profile_id' order by 1`,
  )
  expect(tables.map(({ table }) => table)).toEqual([...profileTables, ...uniqueProfileTables].sort())
})

test('where both profiles run through the same flow, the survivor’s enrolment and the later timer stay', async () => {
  const shop = await buildShop(db)
  const [guest, customer] = await state(shop, [{ email: 'ann@x.example' }, { customerId: 'c1' }])
  await withSystem(db, async (tx) => {
    await tx.rows(
      `insert into flow (shop_id, id, key, name, priority, draft, created_at, updated_at)
       values ($1, 1, 'welcome', 'Welcome', 1, '{}', $2, $2)`,
      [shop, now],
    )
    await tx.rows(
      `insert into flow_version (shop_id, flow_id, version, definition, published_at) values ($1, 1, 1, '{}', $2)`,
      [shop, now],
    )
    for (const profile of [guest, customer])
      await tx.rows(
        `with e as (insert into enrolment (shop_id, flow_id, version, profile_id, subject, step, wake_at, entered_at)
           values ($1, 1, 1, $2, 'profile', 'a', $3, $3))
         insert into absence_timer (shop_id, flow_id, profile_id, due_at) values ($1, 1, $2, $3)`,
        [shop, profile, profile === guest ? minute(50) : minute(40)],
      )
  })
  await state(shop, [{ customerId: 'c1', email: 'ann@x.example' }])
  expect(
    await read(`select profile_id, state, end_reason from enrolment where shop_id = $1 order by id`, shop),
  ).toEqual([
    { profile_id: customer, state: 'exited', end_reason: 'merged' },
    { profile_id: customer, state: 'active', end_reason: null },
  ])
  expect(await read(`select profile_id, due_at from absence_timer where shop_id = $1`, shop)).toEqual([
    { profile_id: customer, due_at: minute(50) },
  ])
})
