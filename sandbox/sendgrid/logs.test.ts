import { Ajv2020 } from 'ajv/dist/2020.js'
import { afterAll, expect, test } from 'vitest'
import { virtualClock } from '#app/platform/clock.server.ts'
import type { EngagementModel, Fault } from './model.ts'
import spec from './spec/logs.json' with { type: 'json' }
import { startSendGridStandIn } from './stand-in.ts'
import { mailTo } from './test-support.ts'

const start = new Date('2026-03-02T10:00:00Z')
const clock = virtualClock(start)
const faultOf: Record<string, Fault> = { 'm-lost': 'accept-then-drop-connection', 'm-never': 'drop-connection' }
const engagement: EngagementModel = (mail) =>
  mail.to.startsWith('gone')
    ? [{ event: 'bounce', type: 'bounce', reason: '550 no such user', status: '5.1.1', afterMs: 2000 }]
    : [
        { event: 'open', isMachine: false, afterMs: 4000 },
        { event: 'click', url: 'https://shop.example/', afterMs: 5000 },
        { event: 'unsubscribe', afterMs: 6000 },
      ]
const standIn = await startSendGridStandIn({
  clock,
  apiKeys: ['SG.one', 'SG.two', { key: 'SG.send-only', scopes: ['mail.send'] }],
  faults: (_n, mail) => faultOf[mail.messageId ?? ''] ?? 'ok',
  engagement,
})
afterAll(() => standIn.close())

const schemas = new Ajv2020({ strict: false, logger: false, validateFormats: false }).addSchema(spec, 'logs')
const fits = (name: string, body: unknown) => {
  const validate = schemas.compile({ $ref: `logs#/components/schemas/${name}` })
  return validate(body) || JSON.stringify(validate.errors)
}

const call = (path: string, init: RequestInit = {}, key = 'SG.one') =>
  fetch(`${standIn.url}${path}`, {
    ...init,
    headers: { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' },
  })
const search = (body: unknown, key?: string) => call('/v3/logs', { method: 'POST', body: JSON.stringify(body) }, key)
const sendMail = (email: string, id: string) =>
  call('/v3/mail/send', { method: 'POST', body: JSON.stringify(mailTo(email, id)) }).catch(() => null)
const found = async (query: string) => (await (await search({ query, limit: 1000 })).json()).messages

test('the log knows the mails that were accepted, also those whose answer was lost, and no others', async () => {
  await sendMail('ann@log.example', 'm-answered')
  await sendMail('ann@log.example', 'm-lost')
  await sendMail('ann@log.example', 'm-never')
  const messages = await found(
    `to_email = 'Ann@log.example' AND sg_message_id_created_at >= TIMESTAMP "2026-03-02T10:00:00Z"`,
  )
  const details = await Promise.all(
    messages.map(async (entry: { sg_message_id: string }) =>
      (await call(`/v3/logs/${encodeURIComponent(entry.sg_message_id)}`)).json(),
    ),
  )
  expect(details.map(({ custom_args }) => custom_args.message_id).sort()).toEqual(['m-answered', 'm-lost'])
})

test('its answers are those of the published document', async () => {
  await sendMail('kim@log.example', 'm-kim')
  await sendMail('gone@log.example', 'm-gone')
  clock.advanceTo(new Date(start.getTime() + 60_000))
  await standIn.deliverDueEvents()
  for (const [email, status] of [
    ['kim@log.example', 'delivered'],
    ['gone@log.example', 'bounced'],
  ]) {
    const list = await (await search({ query: `to_email = '${email}' AND status IN ('${status}')` })).json()
    expect(fits('EmailLogsGetMessagesByFilterResponse', list)).toBe(true)
    expect(list.messages).toHaveLength(1)
    const details = await (await call(`/v3/logs/${list.messages[0].sg_message_id}`)).json()
    expect(fits('EmailLogsGetMessageByIdResponse', details)).toBe(true)
    expect(details).toMatchObject({ to_email: email, status, custom_args: { message_id: expect.any(String) } })
  }
})

test('a time bound is a bound, and without a limit ten are listed', async () => {
  for (let n = 0; n < 12; n++) await sendMail('max@log.example', `m-max-${n}`)
  const ofMax = `to_email = 'max@log.example'`
  expect((await (await search({ query: ofMax })).json()).messages).toHaveLength(10)
  expect(await found(`${ofMax} AND sg_message_id_created_at > TIMESTAMP "2026-03-02T11:00:00Z"`)).toEqual([])
  expect(await found(`${ofMax} AND sg_message_id_created_at < TIMESTAMP "2026-03-02T11:00:00Z"`)).toHaveLength(12)
})

test.each([
  { query: 'to_email = ann@log.example' },
  { query: `custom_args = 'm-1'` },
  { query: `to_email > 'a'` },
  { query: `to_email = 'a' OR to_email = 'b'` },
  { query: `to_email = 'a' AND` },
  { query: `status = 'delivered'` },
  { query: `sg_message_id_created_at > '2026-03-02T10:00:00Z'` },
  { query: `to_email = 'a'`, limit: 0 },
  { query: `to_email = 'a'`, limit: 1001 },
  { filter: `to_email = 'a'` },
])('%j is refused', async (body) => {
  expect((await search(body)).status).toBe(400)
})

test('a key sees its own account only, one without the scope nothing, and an unknown one is refused', async () => {
  await sendMail('sue@log.example', 'm-sue')
  const query = `to_email = 'sue@log.example'`
  const [own] = await found(query)
  expect((await (await search({ query }, 'SG.two')).json()).messages).toEqual([])
  expect((await call(`/v3/logs/${own.sg_message_id}`, {}, 'SG.two')).status).toBe(404)
  expect((await search({ query }, 'SG.send-only')).status).toBe(403)
  expect((await search({ query }, 'SG.unknown')).status).toBe(401)
  expect((await call('/v3/logs')).status).toBe(405)
})

test('a log that has forgotten mails says that it cannot answer', async () => {
  const forgetful = await startSendGridStandIn({ clock, apiKeys: ['SG.one'], keepMails: 'none' })
  const post = (path: string, body: unknown) =>
    fetch(`${forgetful.url}${path}`, {
      method: 'POST',
      headers: { Authorization: 'Bearer SG.one', 'Content-Type': 'application/json' },
      body: JSON.stringify(body),
    })
  const query = { query: `to_email = 'ann@log.example'` }
  expect((await post('/v3/logs', query)).status).toBe(200)
  await post('/v3/mail/send', mailTo('ann@log.example', 'm-1'))
  expect((await post('/v3/logs', query)).status).toBe(503)
  await forgetful.close()
})
