import { Client } from '@sendgrid/client'
import { MailService } from '@sendgrid/mail'
import { afterAll, expect, test } from 'vitest'
import { virtualClock } from '#app/platform/clock.server.ts'
import { startSendGridStandIn } from './stand-in.ts'
import { type MailFields, mailBody, send } from './test-support.ts'

const clock = virtualClock(new Date('2026-03-01T10:00:00Z'))
const readOnlyKey = 'SG.read-only'
const standIn = await startSendGridStandIn({
  clock,
  apiKeys: ['SG.full', { key: readOnlyKey, scopes: ['scopes.read'] }],
})
afterAll(() => standIn.close())

const inFourDays = clock.now().getTime() / 1000 + 4 * 86_400
const toMany = (count: number) => [{ to: Array.from({ length: count }, (_, n) => ({ email: `p${n}@example.com` })) }]
const toNamed = (name: string) => [{ to: [{ email: 'ann@example.com', name }] }]

const refused: [string, MailFields, string][] = [
  ['no personalizations', { personalizations: [] }, 'personalizations'],
  ['a personalization without recipients', { personalizations: [{ to: [] }] }, 'personalizations.0.to'],
  ['a personalization without "to"', { personalizations: [{ subject: 'x' }] }, 'personalizations.0.to'],
  ['1,001 recipients', { personalizations: toMany(1001) }, 'personalizations'],
  [
    'the same recipient twice',
    { personalizations: [{ to: [{ email: 'a@b.de' }], cc: [{ email: 'A@b.de' }] }] },
    'personalizations.0',
  ],
  [
    'a recipient that is no address',
    { personalizations: [{ to: [{ email: 'ann' }] }] },
    'personalizations.0.to.0.email',
  ],
  ['a recipient name with a comma', { personalizations: toNamed('Smith, Ann') }, 'personalizations.to.name'],
  ['a recipient name with a semicolon', { personalizations: toNamed('Ann; Bob') }, 'personalizations.to.name'],
  ['no sender', { from: undefined }, 'from'],
  ['a sender address with unicode', { from: { email: 'café@example.com' } }, 'from.email'],
  ['a sender name with a line break', { from: { email: 'a@b.de', name: 'Shop\r\nBcc: x@y.z' } }, 'from.name'],
  ['an empty subject', { subject: '' }, 'subject'],
  ['no subject', { subject: undefined }, 'subject'],
  ['a subject with a line break', { subject: 'Hello\nBcc: x@y.z' }, 'subject'],
  ['no content', { content: [] }, 'content'],
  ['empty content', { content: [{ type: 'text/html', value: '' }] }, 'content.0.value'],
  [
    'HTML before plain text',
    {
      content: [
        { type: 'text/html', value: 'x' },
        { type: 'text/plain', value: 'x' },
      ],
    },
    'content',
  ],
  ['a reserved header', { headers: { 'Reply-To': 'x@y.z' } }, 'headers.Reply-To'],
  ['a header value with a line break', { headers: { 'X-Shop': 'a\r\nBcc: x@y.z' } }, 'headers.X-Shop'],
  ['a header value that is no text', { headers: { 'X-Shop': 7 } }, 'headers.X-Shop'],
  ['eleven categories', { categories: Array.from({ length: 11 }, (_, n) => `c${n}`) }, 'categories'],
  ['a category of 256 characters', { categories: ['c'.repeat(256)] }, 'categories.0'],
  ['custom args that are text', { custom_args: 'message' }, 'custom_args'],
  ['a custom arg that is a number', { custom_args: { shop: 7 } }, 'custom_args'],
  ['custom args of 10,000 bytes', { custom_args: { note: 'é'.repeat(5000) } }, 'custom_args'],
  ['sending in four days', { send_at: inFourDays }, 'send_at'],
  [
    'both reply_to and reply_to_list',
    { reply_to: { email: 'a@b.de' }, reply_to_list: [{ email: 'a@b.de' }] },
    'reply_to',
  ],
]

test.each(refused)('%s is refused with 400 and the field', async (_, overrides, field) => {
  const response = await send(standIn, mailBody(overrides))
  const { errors } = await response.json()
  expect(response.status).toBe(400)
  expect(errors.map((error: { field: string }) => error.field)).toContain(field)
  expect(errors[0]).toEqual({ message: expect.any(String), field: expect.any(String), help: expect.any(String) })
})

test('a property that SendGrid does not know is refused by name', async () => {
  const response = await send(standIn, mailBody({ tracking_setting: {} }))
  expect(response.status).toBe(400)
  expect((await response.json()).errors[0].message).toBe('Additional property tracking_setting is not allowed')
})

const general: [string, number, () => Promise<Response>][] = [
  ['a body that is not JSON', 400, () => send(standIn, '{')],
  ['no key', 401, () => send(standIn, mailBody(), { Authorization: '' })],
  ['an unknown key', 401, () => send(standIn, mailBody(), { Authorization: 'Bearer SG.other' })],
  ['a key that may not send', 403, () => send(standIn, mailBody(), { Authorization: `Bearer ${readOnlyKey}` })],
  ['GET', 405, () => fetch(`${standIn.url}/v3/mail/send`)],
  ['more than 30 MB', 413, () => send(standIn, mailBody({ subject: 'x'.repeat(30_000_000) }))],
  ['a form', 415, () => send(standIn, mailBody(), { 'Content-Type': 'application/x-www-form-urlencoded' })],
  ['compression', 415, () => send(standIn, mailBody(), { 'Content-Encoding': 'gzip' })],
  ['an address that does not exist', 404, () => fetch(`${standIn.url}/v3/mail/sent`)],
]

test.each(general)('%s is answered %i with an error object', async (_, status, request) => {
  const response = await request()
  expect(response.status).toBe(status)
  expect(await response.json()).toEqual({ errors: [{ message: expect.any(String), field: null, help: null }] })
})

test('nothing that was refused is in the mailbox, and each refusal is counted', async () => {
  const before = standIn.counts()
  await send(standIn, mailBody({ subject: '' }))
  expect(standIn.counts()).toEqual({ ...before, rejected: before.rejected + 1 })
  expect(standIn.mails()).toHaveLength(before.received)
})

test('sandbox mode validates and sends nothing', async () => {
  const before = standIn.counts().received
  const response = await send(standIn, mailBody({ mail_settings: { sandbox_mode: { enable: true } } }))
  expect(response.status).toBe(200)
  expect(standIn.counts().received).toBe(before)
})

test('a known key learns its scopes, an unknown one nothing', async () => {
  const scopes = (key: string) => fetch(`${standIn.url}/v3/scopes`, { headers: { Authorization: `Bearer ${key}` } })
  expect(await (await scopes(readOnlyKey)).json()).toEqual({ scopes: ['scopes.read'] })
  expect((await scopes('SG.other')).status).toBe(401)
})

test("SendGrid's own client can send, and the mail arrives as it was meant", async () => {
  const client = new Client()
  client.setApiKey(standIn.apiKey)
  client.setDefaultRequest('baseUrl', `${standIn.url}/`)
  const service = new MailService()
  service.setClient(client)
  const [response] = await service.send({
    to: { email: 'bea@example.com', name: 'Bea' },
    from: { email: 'shop@example.com', name: 'Café Lune' },
    replyTo: 'help@example.com',
    subject: 'Grüße 🐦',
    text: 'Plain',
    html: '<p>Rich</p>',
    customArgs: { message_id: 'm-client', tenant: 't-1' },
    headers: { 'List-Unsubscribe': '<https://tern.example/u>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    categories: ['cart'],
    trackingSettings: { clickTracking: { enable: false } },
  })
  expect(response.statusCode).toBe(202)
  expect(standIn.mails().at(-1)).toEqual({
    id: response.headers['x-message-id'],
    messageId: 'm-client',
    customArgs: { message_id: 'm-client', tenant: 't-1' },
    to: 'bea@example.com',
    toName: 'Bea',
    from: 'shop@example.com',
    fromName: 'Café Lune',
    replyTo: 'help@example.com',
    subject: 'Grüße 🐦',
    text: 'Plain',
    html: '<p>Rich</p>',
    headers: { 'List-Unsubscribe': '<https://tern.example/u>', 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
    categories: ['cart'],
    receivedAt: clock.now(),
  })
})
