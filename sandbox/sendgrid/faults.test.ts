import { afterEach, expect, test } from 'vitest'
import { scaledClock, virtualClock } from '#app/platform/clock.server.ts'
import type { Fault } from './model.ts'
import { type SendGridStandIn, startSendGridStandIn } from './stand-in.ts'
import { mailTo, send, startReceiver } from './test-support.ts'

const start = new Date('2026-03-01T10:00:00Z')
const open: SendGridStandIn[] = []
afterEach(() => Promise.all(open.splice(0).map((standIn) => standIn.close())))

async function standInWith(fault: Fault) {
  const standIn = await startSendGridStandIn({ clock: virtualClock(start), faults: () => fault })
  open.push(standIn)
  return standIn
}

test.each([400, 401, 403, 413, 429, 500, 502, 503, 504] as const)('a scripted %i takes no mail', async (status) => {
  const standIn = await standInWith({ status })
  const response = await send(standIn, mailTo('a@example.com', 'm-1'))
  expect(response.status).toBe(status)
  expect((await response.json()).errors).toHaveLength(1)
  expect(response.headers.get('x-ratelimit-reset')).toBeNull()
  expect(standIn.counts()).toEqual({ received: 0, distinctMessageIds: 0, duplicates: 0, rejected: 1 })
})

test('a 429 can say when the limit ends', async () => {
  const standIn = await standInWith({ status: 429, retryAfterSeconds: 20 })
  const response = await send(standIn, mailTo('a@example.com', 'm-1'))
  expect(response.headers.get('x-ratelimit-reset')).toBe(String(start.getTime() / 1000 + 20))
  expect(response.headers.get('x-ratelimit-remaining')).toBe('0')
})

test('a dropped connection looks the same to the sender whether or not the mail was taken', async () => {
  const lost = await standInWith('drop-connection')
  const taken = await standInWith('accept-then-drop-connection')
  for (const standIn of [lost, taken]) await expect(send(standIn, mailTo('a@example.com', 'm-1'))).rejects.toThrow()
  expect(lost.counts()).toMatchObject({ received: 0, rejected: 1 })
  expect(taken.counts()).toMatchObject({ received: 1, rejected: 0 })
  expect(taken.nextEventAt()).not.toBeNull()
})

test('a hanging request is never answered and takes no mail', async () => {
  const standIn = await standInWith('hang')
  const answer = fetch(`${standIn.url}/v3/mail/send`, {
    method: 'POST',
    headers: { Authorization: `Bearer ${standIn.apiKey}`, 'Content-Type': 'application/json' },
    body: JSON.stringify(mailTo('a@example.com', 'm-1')),
    signal: AbortSignal.timeout(200),
  })
  await expect(answer).rejects.toThrow('timeout')
  expect(standIn.counts().received).toBe(0)
})

test('a delayed answer comes late, for a mail that was taken at once', async () => {
  const standIn = await standInWith({ delayMs: 150 })
  const answer = send(standIn, mailTo('a@example.com', 'm-1'))
  const isEarly = await Promise.race([
    answer.then(() => true),
    new Promise((resolve) => setTimeout(resolve, 75, false)),
  ])
  expect(isEarly).toBe(false)
  expect(standIn.counts().received).toBe(1)
  expect((await answer).status).toBe(202)
})

test('the script sees the number of the request and the mail', async () => {
  const seen: [number, string | null][] = []
  const standIn = await startSendGridStandIn({
    clock: virtualClock(start),
    faults: (n, mail) => {
      seen.push([n, mail.messageId])
      return n === 1 ? { status: 503 } : 'ok'
    },
  })
  open.push(standIn)
  const statuses = []
  for (const id of ['m-1', 'm-1', 'm-2']) statuses.push((await send(standIn, mailTo('a@example.com', id))).status)
  expect(statuses).toEqual([503, 202, 202])
  expect(seen).toEqual([
    [1, 'm-1'],
    [2, 'm-1'],
    [3, 'm-2'],
  ])
  expect(standIn.counts()).toMatchObject({ duplicates: 0, distinctMessageIds: 2 })
})

test('on a running clock events arrive by themselves', async () => {
  const receiver = await startReceiver()
  const standIn = await startSendGridStandIn({ clock: scaledClock(20), eventWebhookUrl: receiver.url })
  open.push(standIn)
  standIn.startDelivering()
  await send(standIn, mailTo('a@example.com', 'm-1'))
  await expect.poll(() => receiver.events().length).toBe(2)
  receiver.close()
})
