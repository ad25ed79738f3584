// What is posted to the mail editor by hand or late has a clear answer, and changes nothing that it should not.
import { expect, test } from 'vitest'
import type { z } from 'zod'
import { newDesign } from '#app/messages/design/new-design.ts'
import { createMailDesk } from '#app/messages/mail-desk.server.ts'
import type { Mail } from '#app/messages/mail-sender.server.ts'
import { startEmbeddedApp } from '#tests/builders/embedded-app.ts'
import { insertRows } from '#tests/builders/rows.ts'
import { createTestDatabase } from '#tests/database.ts'
import { lookForm, readMailPage, saveForm, saveMail, sendTestMail, takeALook, testForm } from './flow-mail.server.ts'
import { type PageRequest, Refusal } from './page.server.ts'
import { mayTest } from './test-mail-limit.server.ts'

const db = await createTestDatabase()
const { resources, tern, shopId } = await startEmbeddedApp(db)
const sent: Mail[] = []
const mailDesk = createMailDesk({
  secrets: tern.secrets,
  defaultApiKey: 'SG.key',
  sender: {
    async send(_, mail) {
      sent.push(mail)
      return { kind: 'accepted', providerId: 'p1' }
    },
  },
})
const flows = await db.pool.query<{ id: number; key: string }>('select id, key from flow where shop_id = $1', [shopId])
const flowOf = (key: string) => String(flows.rows.find((flow) => flow.key === key)?.id)

test('a mail that somebody else saved meanwhile is not overwritten', async () => {
  const page = pageAt('welcome', 'hello')
  const { templateId } = await readMailPage(page)
  const first = await saveMail(page, { content: mailSaying('first'), basedOn: templateId })
  const second = await saveMail(page, { content: mailSaying('second'), basedOn: templateId })
  expect(second).toMatchObject({ errors: { '': { key: 'mails:error.stale' } } })
  expect(await readMailPage(page)).toMatchObject({ ...first, content: { design: { subject: 'first' } } })
})

test('saving changes the draft alone, and in it the one step', async () => {
  const before = await draftOf('welcome')
  const page = pageAt('welcome', 'story')
  const { templateId } = await readMailPage(page)
  const saved = await saveMail(page, { content: mailSaying('about us'), basedOn: templateId })
  const after = await draftOf('welcome')
  expect(saved).not.toBeInstanceOf(Refusal)
  expect(after).toEqual({ ...before, steps: { ...before.steps, story: { ...before.steps.story, ...renamed(saved) } } })
})

test.each([
  ['a flow that is not there', { flowId: '999999', stepId: 'hello' }],
  ['a flow that is no number', { flowId: 'x', stepId: 'hello' }],
  ['a step that is not there', { stepId: 'nonesuch' }],
  ['a step that sends nothing', { stepId: 'done' }],
  ['a name that every object has', { stepId: 'constructor' }],
])('%s is not found', async (_, params) => {
  const page = pageAt('welcome', 'hello', params)
  await expect(readMailPage(page)).rejects.toMatchObject({ status: 404 })
  await expect(takeALook(page, { content: mailSaying('x'), example: null })).rejects.toMatchObject({ status: 404 })
})

test('a bomb of loops is refused where it is looked at, and not saved', { timeout: 60_000 }, async () => {
  const page = pageAt('welcome', 'questions')
  const bomb =
    '{% for a in (1..900) %}{% for b in (1..900) %}{% for c in (1..900) %}x{% endfor %}{% endfor %}{% endfor %}'
  const { templateId } = await readMailPage(page)
  const content = mailSaying('bomb', bomb)
  expect(await takeALook(page, { content, example: null })).toMatchObject({ mail: null, error: expect.any(String) })
  expect(await saveMail(page, { content, basedOn: templateId })).toBeInstanceOf(Refusal)
  expect((await readMailPage(page)).templateId).toBe(templateId)
})

test('script in a text is shown as words', async () => {
  const look = await takeALook(pageAt('welcome', 'hello'), {
    content: mailSaying('x', '<script>alert(1)</script>'),
    example: null,
  })
  if (look instanceof Refusal) throw new Error('refused')
  expect(look.mail?.html).toContain('&lt;script&gt;alert(1)&lt;/script&gt;')
  expect(look.mail?.html).not.toContain('<script')
})

test.each([
  ['a picture of megabytes in the place of its address', { src: `data:image/png;base64,${'A'.repeat(1_000_000)}` }],
  ['a block of no kind', { kind: 'nonesuch' }],
  ['fields that no form has', { onload: 'x' }],
])('%s is refused at its field', (_, part) => {
  const design = { ...mailSaying('x').design }
  const blocks = [{ id: 'b9', kind: 'image', src: '', alt: '', ...part }, ...design.blocks.slice(1)]
  const parsed = lookForm.safeParse({ content: { kind: 'blocks', design: { ...design, blocks } } })
  expect(parsed.error?.issues[0]?.path.join('.')).toMatch(/^content\.design\.blocks\.0/)
})

test('the preview is filled with a real person, and its links do nothing', async () => {
  const [id] = await addPerson('Grace', 'grace@example.com')
  const page = pageAt('welcome', 'hello')
  expect((await readMailPage(page)).examples).toContainEqual(
    expect.objectContaining({ ref: `profile:${id}`, name: 'Grace' }),
  )
  const look = await takeALook(page, { content: mailSaying('Dear {{ profile.first_name }}'), example: `profile:${id}` })
  expect(look).toMatchObject({ mail: { subject: 'Dear Grace', html: expect.stringContaining('/unsubscribe/example') } })
})

test('an example that is not there, or of another kind, is made up instead', async () => {
  const page = pageAt('welcome', 'hello')
  for (const example of ['profile:99999999', 'profile:1 or 1=1', 'order:gid', 'nonsense', `profile:${'9'.repeat(200)}`])
    expect(await takeALook(page, { content: mailSaying('Dear {{ profile.first_name }}'), example })).toMatchObject({
      mail: { subject: 'Dear Ada' },
    })
})

test('a test mail says that it is one, and names no message', async () => {
  await insertRows(db, 'sender', [
    {
      shop_id: shopId,
      from_email: 'hello@shop.example',
      from_name: 'Shop',
      postal_address: '1 Quay',
      updated_at: new Date(),
    },
  ])
  const page = pageAt('welcome', 'hello')
  expect(await sendTestMail(page, { content: mailSaying('Hi'), example: null, to: 'me@shop.example' })).toEqual({
    to: 'me@shop.example',
  })
  expect(sent).toMatchObject([
    { to: 'me@shop.example', subject: '[Test] Hi', customArgs: { test: 'true' }, headers: {} },
  ])
  expect(sent[0]?.customArgs).not.toHaveProperty('message_id')
  const { rows } = await db.pool.query('select id from message where shop_id = $1', [shopId])
  expect(rows).toEqual([])
})

test('after twenty tests within an hour the next has to wait', async () => {
  const page = { ...pageAt('welcome', 'hello'), now: new Date('2027-01-01T00:00:00Z') }
  const form = { content: mailSaying('Hi'), example: null, to: 'me@shop.example' }
  for (let count = 0; count < 20; count += 1) expect(mayTest(shopId, page.now)).toBe(true)
  expect(await sendTestMail(page, form)).toMatchObject({ errors: { to: { key: 'mails:error.tooManyTests' } } })
  const later = { ...page, now: new Date('2027-01-01T01:00:01Z') }
  expect(await sendTestMail(later, form)).not.toBeInstanceOf(Refusal)
})

test('forms without what they need are refused', () => {
  for (const schema of [lookForm, saveForm, testForm] satisfies z.ZodType[])
    expect(schema.safeParse({}).success).toBe(false)
})

function pageAt(key: string, stepId: string, params: object = {}): PageRequest {
  return {
    tern: { ...resources, mailDesk },
    shopId,
    domain: 'small-shop.myshopify.com',
    accessEndsAt: null,
    actor: 'staff:1',
    language: 'en',
    locale: 'en-GB',
    now: new Date('2026-11-22T12:00:00Z'),
    params: { flowId: flowOf(key), stepId, ...params },
    query: new URLSearchParams(),
    request: new Request('http://localhost/'),
    withShop: (work) => resources.withShop(shopId, work),
  }
}

function mailSaying(subject: string, text = 'Words') {
  const blocks = [
    { kind: 'heading' as const, text: 'Hello' },
    { kind: 'text' as const, text },
  ]
  return { kind: 'blocks' as const, design: newDesign({ subject, previewText: '', about: 'profile', blocks }) }
}

async function draftOf(key: string) {
  const { rows } = await db.pool.query('select draft from flow where shop_id = $1 and key = $2', [shopId, key])
  return rows[0].draft
}

const renamed = (saved: unknown) =>
  saved && typeof saved === 'object' && 'templateId' in saved ? { template: saved.templateId } : {}

async function addPerson(firstName: string, email: string) {
  const { rows } = await db.pool.query<{ id: number }>(
    `insert into profile (shop_id, email, first_name, created_at) values ($1, $2, $3, now()) returning id`,
    [shopId, email, firstName],
  )
  return rows.map(({ id }) => id)
}
