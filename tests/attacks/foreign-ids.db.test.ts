// Ids of another shop lead nowhere: on every page, in every action, for every job.
import { expect, test } from 'vitest'
import { type JobName, jobDefinition, jobNames, parseJobPayload } from '#app/jobs/catalogue.ts'
import { createJobHandlers } from '#app/jobs/handlers/job-handlers.server.ts'
import { buildShop } from '#tests/builders/shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { fillTenant, tenantDigest } from './support/fill-tenant.ts'
import { openTern } from './support/open-tern.ts'
import { listPages } from './support/pages-from-source.ts'

const db = await createTestDatabase()
const { tern, visit, install } = await openTern(db)
const own = await install()
const other = await buildShop(db, { domain: 'victim.myshopify.com' })
const theirs = { word: 'Telltale', number: 900_002, uuid: '00000000-0000-4000-8000-000000000002' }
await fillTenant(db, other, theirs)
await db.pool.query(`update shop set name = 'Telltale Goods', email = 'telltale@victim.example' where id = $1`, [other])
const idsOfTheirs = [String(theirs.number), theirs.uuid, ...textKeys()]
const pages = (await listPages()).filter(({ path }) => path.startsWith('/app'))

test('the other shop has a row in every table, so that there is something to find', async () => {
  const counts = Object.values(await tenantDigest(db, other)).map((digest) => Number(digest.split(' ')[0]))
  expect(Math.min(...counts)).toBeGreaterThan(0)
})

test.each(pages.filter(({ path }) => path.includes(':')))('$path shows nothing of another shop’s', async (page) => {
  for (const id of idsOfTheirs) {
    const address = page.path.replace(/:\w+\??/g, encodeURIComponent(id))
    const queries: Record<string, string>[] = [{}, { _data: page.id }]
    for (const query of queries) {
      const answer = await visit(address, { query })
      expect(answer.status, address).toBeLessThan(500)
      expect(await answer.text(), address).not.toMatch(/Telltale|telltale@/)
    }
  }
})

test.each(pages.filter(({ hasLoader }) => hasLoader))(
  '$path finds nothing of another shop’s by its query',
  async (page) => {
    const address = page.path.replace(/:\w+\??/g, '1')
    const named = ['id', 'q', 'query', 'search', 'cursor', 'after', 'flow', 'flowId', 'profile', 'profileId', 'message']
    for (const value of [String(theirs.number), theirs.uuid, 'Telltale', 'telltale@victim.example']) {
      const answer = await visit(address, {
        query: { ...Object.fromEntries(named.map((name) => [name, value])), _data: page.id },
      })
      // A page may say again what was asked for; what it must not do is find something.
      expect((await answer.text()).replaceAll(value, ''), `${address} ${value}`).not.toMatch(/Telltale |telltale@/)
    }
  },
)

test.each(pages.filter(({ hasAction }) => hasAction))('$path changes nothing of another shop’s', async (page) => {
  const before = await tenantDigest(db, other)
  const { rows } = await db.pool.query('select * from shop where id = $1', [other])
  for (const id of idsOfTheirs)
    for (const intent of page.intents) {
      const names = [
        'id',
        'ids',
        'flow',
        'flowId',
        'profile',
        'profileId',
        'message',
        'messageId',
        'requestId',
        'shopId',
      ]
      const body = new URLSearchParams([...names.map((name) => [name, id]), ['intent', intent], ['action', intent]])
      const address = page.path.replace(/:\w+\??/g, encodeURIComponent(id))
      const query: Record<string, string> =
        page.path.endsWith('/app') && page.id.includes('_index') ? { index: '' } : {}
      await (await visit(address, { method: 'POST', body, query })).text()
    }
  expect(await tenantDigest(db, other)).toEqual(before)
  expect((await db.pool.query('select * from shop where id = $1', [other])).rows).toEqual(rows)
})

// The last of them, because it erases the shop that it is told of, which here is our own.
const jobsInOrder = [...jobNames].sort((a, b) => Number(a === 'redact-shop') - Number(b === 'redact-shop'))

test.each(jobsInOrder)('the job %s of one shop, told of what is another’s, changes nothing there', async (name) => {
  const before = await tenantDigest(db, other)
  const payload = payloadOf(name)
  const handlers = createJobHandlers(tern.jobDeps)
  // It may refuse, or find that there is nothing to do.
  const run = handlers[name] as (payload: unknown, signal: AbortSignal) => Promise<void>
  const isAboutOneShop = 'shopId' in payload
  if (isAboutOneShop) await run(payload, AbortSignal.timeout(5_000)).catch(() => {})
  expect(await tenantDigest(db, other)).toEqual(before)
})

test('a shop’s unit of work can ask for jobs, but read none', async () => {
  const { rows } = await db.pool.query<{ name: string }>(
    `select c.relname || '.' || a.attname as name from pg_class c
     join pg_namespace n on n.oid = c.relnamespace and n.nspname = 'pgboss'
     join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
     where c.relname like 'job%' and has_column_privilege('tern_shop', c.oid, a.attnum, 'select')`,
  )
  expect([...new Set(rows.map(({ name }) => name.split('.')[1]))]).toEqual(['id'])
})

/** What the job is told: our shop, and in every other field what is theirs. */
function payloadOf(name: JobName) {
  const told: Record<string, unknown> = { shopId: own, resource: 'customers' }
  const { payload } = jobDefinition(name)
  for (const issue of payload.safeParse(told).error?.issues ?? []) {
    const expected = issue.code === 'invalid_type' ? issue.expected : ''
    told[String(issue.path[0])] = expected === 'string' ? theirs.uuid : theirs.number
  }
  return parseJobPayload(name, told)
}

/** Keys that are texts: what `fillTenant` writes into them. */
function textKeys() {
  return ['id', 'key', 'token', 'shopify_id', 'request_id', 'step'].map((column) => `${theirs.word} ${column}`)
}
