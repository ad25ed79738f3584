import { readFile } from 'node:fs/promises'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { expect, onTestFinished, test } from 'vitest'
import { createTestDatabase } from '#tests/database.ts'
import { judgeAppConfig } from './check-app-config.server.ts'
import { checkMigrations, checkServerVersion } from './check-database.server.ts'
import { checkSendGrid } from './check-sendgrid.server.ts'

const db = await createTestDatabase()
const toml = await readFile('shopify.app.toml', 'utf8')
const production = {
  NODE_ENV: 'production',
  SHOPIFY_API_KEY: 'our-key',
  SHOPIFY_APP_URL: 'https://tern.example',
} as const
const development = { ...production, NODE_ENV: 'development' } as const

test('a sound database has nothing to complain of', async () => {
  expect(await checkServerVersion(db)).toEqual([])
  expect(await checkMigrations(db)).toEqual([])
})

test('an old server is named before anything is done with it', async () => {
  const old = { query: async () => ({ rows: [{ server_version_num: '140005' }] }) }
  const [finding] = await checkServerVersion({ pool: old as never })
  expect(finding).toMatchObject({ severity: 'fatal', problem: 'PostgreSQL 14 is too old.' })
})

test('migrations that broke off, are missing or are of a newer version are named', async () => {
  const last = `(select max(migration_name) from _prisma_migrations)`
  await db.pool.query(`update _prisma_migrations set finished_at = null where migration_name = ${last}`)
  expect((await checkMigrations(db)).map(({ severity }) => severity)).toEqual(['fatal'])
  await db.pool.query(`update _prisma_migrations set migration_name = '99990101000000_later', finished_at = now()
    where migration_name = ${last}`)
  const findings = await checkMigrations(db)
  expect(findings.map(({ severity }) => severity)).toEqual(['fatal', 'warning'])
  expect(findings[1]!.problem).toContain('99990101000000_later')
})

test('a key that may not send, a key that is refused and a SendGrid that is away are told apart', async () => {
  const check = (base: string) => checkSendGrid({ SENDGRID_API_KEY: 'SG.key', SENDGRID_BASE_URL: base })
  const problems = async (base: string) => (await check(base)).map(({ problem }) => problem).join(' ')
  expect(await problems(await answering(200, { scopes: ['mail.send', 'messages.read'] }))).toBe('')
  expect(await problems(await answering(200, { scopes: ['messages.read'] }))).toContain('lacks the scope mail.send')
  expect(await problems(await answering(401, {}))).toContain('refuses SENDGRID_API_KEY')
  expect(await problems(await answering(500, {}))).toContain('answered 500')
  expect(await problems('http://127.0.0.1:9')).toContain('does not answer')
})

test('the shipped shopify.app.toml asks for what this version understands', () => {
  expect(judgeAppConfig(toml, development)).toEqual([])
})

test('in production the file must be of this app and of this address', () => {
  const problems = judgeAppConfig(toml, production).map(({ problem }) => problem)
  expect(problems).toEqual([expect.stringContaining('another app'), expect.stringContaining('another host')])
})

test('topics that nobody understands, that are missing, or that go astray are named', () => {
  const changed = toml
    .replace('"shop/update"', '"shop/renamed"')
    .replace('"shop/redact"', '')
    .replace('uri = "/webhooks/compliance"', 'uri = "/hooks"')
    .replace('api_version = "2026-10"', 'api_version = "2025-01"')
  const problems = judgeAppConfig(changed, development).map(({ problem }) => problem)
  for (const word of ['shop/renamed', 'shop/redact', '/hooks', '2025-01'])
    expect(problems.some((problem) => problem.includes(word))).toBe(true)
})

async function answering(status: number, body: object) {
  const server = createServer((_, response) => response.writeHead(status).end(JSON.stringify(body)))
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  onTestFinished(() => void server.close())
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`
}
