import { expect, test } from 'vitest'
import { observe } from '#app/events/observe.ts'
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'
import { splitBatch } from './split-batch.ts'

const messageId = '5a1f0c7e-3b9a-5116-8f1f-7c8c4a6b5b0e'
const at = new Date('2026-11-22T12:00:00Z')
const seconds = at.getTime() / 1000

const sendGridEvent = (changes: object = {}) => ({
  email: 'ann@example.com',
  timestamp: seconds,
  event: 'delivered',
  sg_event_id: 'ZGVsaXZlcmVk',
  sg_message_id: 'abc123.recvd-85abf8d92c-x-1.0',
  message_id: messageId,
  tenant: 't-1',
  ...changes,
})

const observed = (changes: object = {}) => {
  const body = JSON.stringify(sendGridEvent(changes))
  return observe({ source: 'sendgrid', topic: 'event', body, triggeredAt: at, receivedAt: at, currency: 'GBP' })
}

test.each([
  [{ event: 'processed' }, 'processed'],
  [{ event: 'deferred', response: '451 later' }, 'deferred'],
  [{ event: 'delivered' }, 'delivered'],
  [{ event: 'open', sg_machine_open: false }, 'opened'],
  [{ event: 'open' }, 'opened'],
  [{ event: 'open', sg_machine_open: true }, 'machine_opened'],
  [{ event: 'click', url: 'https://harbour.example/tea' }, 'clicked'],
  [{ event: 'bounce', type: 'bounce', reason: '550 unknown' }, 'bounced'],
  [{ event: 'bounce', type: 'blocked', reason: '421 spam' }, 'blocked'],
  [{ event: 'dropped', reason: 'Bounced Address' }, 'dropped'],
  [{ event: 'spamreport' }, 'complained'],
  [{ event: 'unsubscribe' }, 'unsubscribed'],
  [{ event: 'group_unsubscribe' }, 'unsubscribed'],
] as const)('%o is a message that was %s', (changes, kind) => {
  const { message, events } = observed(changes)
  expect(message).toMatchObject({ messageId, kind, at, providerId: 'abc123' })
  expect(events).toMatchObject([{ type: `message_${kind}`, subjects: [`message:${messageId}`], occurredAt: at }])
})

test('a message says why it failed', () => {
  expect(observed({ event: 'dropped', reason: 'Bounced Address' }).message?.reason).toBe('Bounced Address')
  expect(observed({ event: 'deferred', response: '451 later' }).message?.reason).toBe('451 later')
})

test('a clicked link is kept without what identifies the shopper', () => {
  const { message, events } = observed({ event: 'click', url: 'https://harbour.example/tea?tern=SECRET#x' })
  expect(message?.url).toBe('https://harbour.example/tea')
  expect(JSON.stringify(events)).not.toContain('SECRET')
})

test("somebody else's mail, and kinds that do not exist yet, say nothing", () => {
  expect(observed({ message_id: undefined })).toEqual({ events: [] })
  expect(observed({ message_id: 'no uuid' })).toEqual({ events: [] })
  expect(observed({ event: 'group_resubscribe' })).toEqual({ events: [] })
  expect(observed({ event: 'teleported' })).toEqual({ events: [] })
})

test('a batch falls apart into its events, each with its shop, id and time', () => {
  const batch = [sendGridEvent(), sendGridEvent({ tenant: 't-2', sg_event_id: 'b', event: 'open' })]
  const events = splitBatch(Buffer.from(`[${batch.map((each) => JSON.stringify(each)).join(',\r\n')}]\r\n`))
  expect(events).toMatchObject([
    { tenant: 't-1', eventId: 'ZGVsaXZlcmVk', kind: 'delivered', at },
    { tenant: 't-2', eventId: 'b', kind: 'open', at },
  ])
  expect(JSON.parse(events[1]!.body.toString())).toEqual(batch[1])
})

test('an event without a usable id gets the same one each time it comes', () => {
  const id = (sg_event_id: unknown) =>
    splitBatch(Buffer.from(JSON.stringify([sendGridEvent({ sg_event_id })])))[0]!.eventId
  for (const odd of [undefined, '', 7, 'x'.repeat(300), 'a\u0000b']) expect(id(odd)).toBe(id(odd))
  expect(id('')).toMatch(/^[\w-]{43}$/)
})

test('an event without shop or time does not harm the others', () => {
  const batch = [sendGridEvent({ tenant: undefined, timestamp: 'soon' }), sendGridEvent({ timestamp: 1e30 })]
  expect(splitBatch(Buffer.from(JSON.stringify(batch)))).toMatchObject([{ tenant: null, at: null }, { at: null }])
})

test('more events than SendGrid ever sends, and one that is nested without end, are refused as unreadable', () => {
  const many = `[${'{},'.repeat(600_000)}{}]`
  const deep = `[{"a":${'['.repeat(500_000)}${']'.repeat(500_000)}}]`
  for (const body of [many, deep]) expect(() => splitBatch(Buffer.from(body))).toThrow(UnreadablePayloadError)
})

test('a body that is no list of events is refused', () => {
  for (const body of ['', '{}', '[1]', 'null', '[{}']) expect(() => splitBatch(Buffer.from(body))).toThrow()
})
