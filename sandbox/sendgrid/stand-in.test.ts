import { afterEach, expect, test } from 'vitest'
import { virtualClock } from '#app/platform/clock.server.ts'
import { livelyEngagement } from './engagement.ts'
import type { EngagementModel, SendGridEvent } from './model.ts'
import { type SendGridStandInOptions, startSendGridStandIn } from './stand-in.ts'
import { isSigned, mailTo, send, startReceiver } from './test-support.ts'

const start = new Date('2026-03-01T10:00:00Z')
const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

async function world(options: Partial<SendGridStandInOptions> = {}, status?: () => number) {
  const clock = virtualClock(start)
  const receiver = await startReceiver(status)
  const standIn = await startSendGridStandIn({ clock, eventWebhookUrl: receiver.url, ...options })
  closers.push(() => standIn.close(), receiver.close)
  async function runUntilQuiet() {
    for (let next = standIn.nextEventAt(); next; next = standIn.nextEventAt()) {
      if (next > clock.now()) clock.advanceTo(next)
      await standIn.deliverDueEvents()
    }
  }
  return { clock, receiver, standIn, runUntilQuiet }
}

const kinds = (events: SendGridEvent[]) => events.map(({ event }) => event)
const hardBounce: EngagementModel = () => [
  { afterMs: 2000, event: 'bounce', type: 'bounce', reason: '550 no such user', status: '5.1.1' },
]

test('an accepted mail is processed and delivered, reported in one signed batch with the custom args', async () => {
  const { receiver, standIn, clock } = await world()
  const response = await send(standIn, mailTo('ann@example.com', 'm-1', { custom_args: { tenant: 't-1' } }))
  const requestId = response.headers.get('x-message-id')
  expect(standIn.nextEventAt()).toEqual(new Date(start.getTime() + 3000))
  clock.advanceTo(new Date(start.getTime() + 3000))
  expect(await standIn.deliverDueEvents()).toBe(2)

  expect(receiver.batches).toHaveLength(1)
  expect(isSigned(receiver.batches[0]!, standIn.publicKey)).toBe(true)
  const [processed, delivered] = receiver.events()
  const common = { email: 'ann@example.com', message_id: 'm-1', tenant: 't-1', sg_event_id: expect.any(String) }
  expect(processed).toMatchObject({ ...common, event: 'processed', timestamp: start.getTime() / 1000 + 1 })
  expect(delivered).toMatchObject({ ...common, event: 'delivered', timestamp: start.getTime() / 1000 + 3 })
  expect(processed?.sg_message_id.split('.')[0]).toBe(requestId)
})

test('a batch that was changed on its way no longer matches its signature', async () => {
  const { receiver, standIn, runUntilQuiet } = await world()
  await send(standIn, mailTo('ann@example.com', 'm-1'))
  await runUntilQuiet()
  const batch = receiver.batches[0]!
  expect(isSigned({ ...batch, body: batch.body.subarray(0, -2) }, standIn.publicKey)).toBe(false)
  expect(isSigned({ ...batch, timestamp: '1' }, standIn.publicKey)).toBe(false)
})

test('nothing is reported before its time', async () => {
  const { receiver, standIn, clock } = await world()
  await send(standIn, mailTo('ann@example.com', 'm-1'))
  clock.advanceTo(new Date(start.getTime() + 2999))
  expect(await standIn.deliverDueEvents()).toBe(0)
  expect(receiver.batches).toEqual([])
})

test('two runs with the same mails give the same ids and the same reactions, whatever the order of arrival', async () => {
  async function run(order: number[]) {
    const { receiver, standIn, runUntilQuiet } = await world({ engagement: livelyEngagement, seed: 7 })
    for (const n of order) await send(standIn, mailTo(`p${n}@example.com`, `m-${n}`))
    await runUntilQuiet()
    return receiver.events().toSorted((a, b) => a.sg_event_id.localeCompare(b.sg_event_id))
  }
  const numbers = Array.from({ length: 60 }, (_, n) => n)
  const first = await run(numbers)
  expect(await run(numbers.toReversed())).toEqual(first)
  expect(kinds(first)).toContain('open')
  expect(new Set(first.map((event) => event.sg_event_id)).size).toBe(first.length)
})

test('after a hard bounce, a complaint or an unsubscribe further mail is dropped with the reason', async () => {
  const reactions: Record<string, EngagementModel> = {
    'Bounced Address': hardBounce,
    'Spam Reporting Address': () => [{ afterMs: 5000, event: 'spamreport' }],
    'Unsubscribed Address': () => [{ afterMs: 5000, event: 'unsubscribe' }],
  }
  for (const [reason, engagement] of Object.entries(reactions)) {
    const { receiver, standIn, runUntilQuiet } = await world({ engagement })
    await send(standIn, mailTo('ann@example.com', 'm-1'))
    await runUntilQuiet()
    const before = receiver.events().length
    await send(standIn, mailTo('Ann@example.com', 'm-2'))
    await send(standIn, mailTo('bob@example.com', 'm-3'))
    await runUntilQuiet()
    const later = receiver.events().slice(before)
    expect(later.filter((event) => event.message_id === 'm-2')).toMatchObject([{ event: 'dropped', reason }])
    expect(kinds(later.filter((event) => event.message_id === 'm-3'))).not.toContain('dropped')
  }
})

test('a bounced mail is not delivered, and one account does not suppress for another', async () => {
  const { receiver, standIn, runUntilQuiet } = await world({ engagement: hardBounce, apiKeys: ['SG.one', 'SG.two'] })
  await send(standIn, mailTo('ann@example.com', 'm-1'))
  await runUntilQuiet()
  expect(kinds(receiver.events())).toEqual(['processed', 'bounce'])
  await send(standIn, mailTo('ann@example.com', 'm-2'), { Authorization: 'Bearer SG.two' })
  await runUntilQuiet()
  expect(kinds(receiver.events().slice(2))).toEqual(['processed', 'bounce'])
})

test('a batch that is not accepted comes again unchanged, and is given up after a day', async () => {
  let status = 503
  const { receiver, standIn, runUntilQuiet, clock } = await world({}, () => status)
  await send(standIn, mailTo('ann@example.com', 'm-1'))
  clock.advanceTo(new Date(start.getTime() + 3000))
  expect(await standIn.deliverDueEvents()).toBe(0)
  status = 200
  clock.advanceTo(standIn.nextEventAt() ?? start)
  expect(await standIn.deliverDueEvents()).toBe(2)
  expect(receiver.batches[1]?.body).toEqual(receiver.batches[0]?.body)
  expect(receiver.batches[1]?.timestamp).toBe(receiver.batches[0]?.timestamp)
  expect(isSigned(receiver.batches[1]!, standIn.publicKey)).toBe(true)

  status = 500
  await send(standIn, mailTo('ann@example.com', 'm-2'))
  const sentAt = clock.now().getTime()
  await runUntilQuiet()
  const tries = receiver.batches.length - 2
  expect(tries).toBeGreaterThan(20)
  expect(clock.now().getTime() - sentAt).toBeLessThanOrEqual(24 * 3600_000 + 3000)
})

test('batches can be duplicated, reordered and delayed', async () => {
  const script = ['duplicate', 'reorder', { delayMs: 60_000 }] as const
  const { receiver, standIn, runUntilQuiet, clock } = await world({ eventFaults: (n) => script[n - 1] ?? 'ok' })
  for (const n of [1, 2, 3]) {
    await send(standIn, mailTo('ann@example.com', `m-${n}`))
    await runUntilQuiet()
  }
  expect(receiver.batches.map((batch) => kinds(batch.events))).toEqual([
    ['processed', 'delivered'],
    ['processed', 'delivered'],
    ['delivered', 'processed'],
    ['processed', 'delivered'],
  ])
  expect(receiver.batches[0]?.body).toEqual(receiver.batches[1]?.body)
  expect(clock.now()).toEqual(new Date(start.getTime() + 3 * 3000 + 60_000))
})

test('a mail accepted twice is counted as a duplicate and gets another X-Message-Id', async () => {
  const { standIn } = await world()
  const ids = [await send(standIn, mailTo('a@example.com', 'm-1')), await send(standIn, mailTo('a@example.com', 'm-1'))]
  expect(standIn.counts()).toEqual({ received: 2, distinctMessageIds: 1, duplicates: 1, rejected: 0 })
  expect(new Set(ids.map((response) => response.headers.get('x-message-id'))).size).toBe(2)
})

test('only so many mails are kept as wanted, yet all are counted and reported', async () => {
  const { standIn, receiver, runUntilQuiet } = await world({ keepMails: 2 })
  for (const n of [1, 2, 3, 4]) await send(standIn, mailTo('a@example.com', `m-${n}`))
  await runUntilQuiet()
  expect(standIn.mails().map((mail) => mail.messageId)).toEqual(['m-3', 'm-4'])
  expect(standIn.counts()).toMatchObject({ received: 4, distinctMessageIds: 4 })
  expect(receiver.events()).toHaveLength(8)
})

test('without a webhook nothing is reported until there is one', async () => {
  const { standIn, receiver, runUntilQuiet } = await world({ eventWebhookUrl: undefined })
  await send(standIn, mailTo('a@example.com', 'm-1'))
  await runUntilQuiet()
  standIn.setEventWebhookUrl(receiver.url)
  await send(standIn, mailTo('a@example.com', 'm-2'))
  await runUntilQuiet()
  expect(receiver.events().map((event) => event.message_id)).toEqual(['m-2', 'm-2'])
})
