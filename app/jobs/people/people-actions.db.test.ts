import { expect, test } from 'vitest'
import { profileId, type ShopId } from '#app/lib/ids.ts'
import { AdminApiError } from '#app/platform/admin-api/errors.ts'
import { systemClock } from '#app/platform/clock.server.ts'
import { withShop } from '#app/platform/database.server.ts'
import { silentLog } from '#app/platform/log.server.ts'
import { createSecrets } from '#app/platform/secrets.server.ts'
import { findProfile } from '#app/profiles/profile-details.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { askForErasure, askForExport } from './ask-about-person.server.ts'
import { editTags } from './edit-tags.server.ts'

const db = await createTestDatabase()
const customer = 'gid://shopify/Customer/8001'
const actor = 'staff:7'

test('tags of a customer go to Shopify first, then here, and who did it is noted', async () => {
  const person = await buildPerson({ customerId: customer, tags: ['old', 'kept'] })
  const { deps, asked } = shopifyThat(() => ({ tagsAdd: taken, tagsRemove: taken }))
  expect(await editTags(deps, { ...person, domain: 'a.myshopify.com', tags: ['kept', 'new'], actor })).toBe('done')
  expect(asked).toEqual([{ id: customer, add: ['new'], remove: ['old'] }])
  expect(await tagsOf(person)).toEqual(['kept', 'new'])
  const { rows } = await db.pool.query(
    'select actor, action, profile_id, details from audit_entry where shop_id = $1',
    [person.shopId],
  )
  const details = { added: ['new'], removed: ['old'] }
  expect(rows).toEqual([{ actor, action: 'profile.tagged', profile_id: person.profileId, details }])
})

test.each([
  ['refuses', () => ({ tagsAdd: { userErrors: [{ message: 'too many tags' }] }, tagsRemove: taken })],
  ['can’t be reached', () => Promise.reject(new AdminApiError('tags-change: away', []))],
])('when Shopify %s, nothing is changed here either', async (_, answer) => {
  const person = await buildPerson({ customerId: customer, tags: ['old'] })
  const { deps } = shopifyThat(answer)
  const edit = { ...person, domain: 'a.myshopify.com', tags: ['new'], actor }
  expect(await editTags(deps, edit)).toBe('shopify_refused')
  expect(await tagsOf(person)).toEqual(['old'])
})

test('tags of somebody who is no customer are kept here, and Shopify is not asked', async () => {
  const person = await buildPerson({ customerId: null, tags: [] })
  const { deps, asked } = shopifyThat(() => Promise.reject(new Error('not to be asked')))
  expect(await editTags(deps, { ...person, domain: 'a.myshopify.com', tags: ['new'], actor })).toBe('kept_here')
  expect(asked).toEqual([])
  expect(await tagsOf(person)).toEqual(['new'])
})

test('another shop’s person can be neither tagged, nor exported, nor erased', async () => {
  const person = await buildPerson({ customerId: customer, tags: ['old'] })
  const other = { shopId: await buildShop(db), profileId: person.profileId, actor }
  const { deps } = shopifyThat(() => Promise.reject(new Error('not to be asked')))
  expect(await editTags(deps, { ...other, domain: 'b.myshopify.com', tags: ['new'] })).toBe('unknown_profile')
  expect(await askForExport(deps, other)).toBe(false)
  expect(await askForErasure(deps, other)).toBe(false)
})

test('an export and an erasure are asked for as if Shopify had, and noted without a word about the person', async () => {
  const person = await buildPerson({ customerId: customer, tags: [] })
  const { deps, jobs } = shopifyThat(() => ({}))
  expect(await askForExport(deps, { ...person, actor })).toBe(true)
  expect(await askForErasure(deps, { ...person, actor })).toBe(true)
  expect(jobs).toEqual(['answer-data-request', 'redact-customer'])
  const { rows } = await db.pool.query('select action, details from audit_entry where shop_id = $1 order by id', [
    person.shopId,
  ])
  expect(rows).toEqual([
    { action: 'profile.export_asked', details: {} },
    { action: 'profile.erasure_asked', details: {} },
  ])
})

const taken = { userErrors: [] }

function shopifyThat(answer: () => object | Promise<object>) {
  const asked: object[] = []
  const jobs: string[] = []
  const adminApi = {
    run: async (_domain: string, _operation: unknown, variables?: object) => {
      asked.push(variables ?? {})
      return (await answer()) as never
    },
  }
  const queue = { enqueue: async (_tx: unknown, name: string) => void jobs.push(name), hurry() {} }
  const secrets = createSecrets(Buffer.alloc(32, 1).toString('base64'))
  return { deps: { db, clock: systemClock, log: silentLog, adminApi, queue, secrets }, asked, jobs }
}

async function buildPerson({ customerId, tags }: { customerId: string | null; tags: string[] }) {
  const shopId = await buildShop(db)
  const changes = Object.fromEntries(tags.map((tag) => [tag, 1]))
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, shopify_customer_id, email, tags, tag_changes, created_at)
     values ($1, $2, 'ann@example.com', $3, $4, now()) returning id`,
    [shopId, customerId, tags, JSON.stringify(changes)],
  )
  return { shopId, profileId: profileId(Number(rows[0]!.id)) }
}

const tagsOf = async (person: { shopId: ShopId; profileId: number }) =>
  (await withShop(db, person.shopId, (tx) => findProfile(tx, person.profileId)))?.tags
