import { createServer } from 'node:http'
import { afterEach, expect, test } from 'vitest'
import { virtualClock } from '#app/platform/clock.server.ts'
import { readBody } from '#sandbox/sendgrid/http.ts'
import { startSendGridStandIn } from '#sandbox/sendgrid/stand-in.ts'
import { mailBody, mailTo, send, startReceiver } from '#sandbox/sendgrid/test-support.ts'

const closers: (() => unknown)[] = []
afterEach(() => Promise.all(closers.splice(0).map((close) => close())))

async function inbox() {
  const receiver = await startReceiver()
  const clock = virtualClock(new Date('2026-03-01T10:00:00Z'))
  const standIn = await startSendGridStandIn({ clock, eventWebhookUrl: receiver.url })
  closers.push(() => standIn.close(), receiver.close)
  const open = async (path: string) => (await fetch(standIn.url + path)).text()
  const press = (path: string) => fetch(standIn.url + path, { method: 'POST', redirect: 'manual' })
  return { standIn, receiver, open, press }
}

/** A server that keeps the one-click requests it gets. */
async function oneClickServer() {
  const requests: string[] = []
  const server = createServer(async (request, response) => {
    const body = await readBody(request, 1000)
    requests.push(
      [request.method, request.url, request.headers['content-type'], request.headers.cookie, body].join(' '),
    )
    response.writeHead(200).end()
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  closers.push(() => server.close())
  const address = server.address()
  return { requests, url: `http://127.0.0.1:${typeof address === 'object' ? address?.port : 0}/unsubscribe/token` }
}

test('the newest mail comes first, and the search finds by address', async () => {
  const { standIn, open } = await inbox()
  await send(standIn, mailTo('ann@example.com', 'm-1', { subject: 'First' }))
  await send(standIn, mailTo('bob@example.com', 'm-2', { subject: 'Second' }))
  const all = await open('/')
  expect(all.indexOf('Second')).toBeLessThan(all.indexOf('First'))
  const found = await open('/?q=ANN@')
  expect(found).toContain('First')
  expect(found).not.toContain('Second')
  expect(await open('/people/bob%40example.com')).not.toContain('First')
})

test('whatever a mail contains is shown as text', async () => {
  const { standIn, open } = await inbox()
  const attack = `"><script>alert(1)</script><img src=x onerror='alert(2)'>`
  const content = [
    { type: 'text/plain', value: attack },
    { type: 'text/html', value: '<p>x</p>' },
  ]
  const to = [{ email: 'ann@example.com', name: attack }]
  const personalizations = [{ to, custom_args: { message_id: attack }, headers: { 'X-Note': attack } }]
  const from = { email: 'shop@example.com', name: attack }
  const response = await send(standIn, mailBody({ personalizations, from, content, subject: attack }))
  const id = response.headers.get('x-message-id')
  const views = ['desktop', 'phone', 'text', 'headers', 'json'].map(
    (view) => `/mail/${id}?view=${view}&notice=${attack}`,
  )
  for (const path of ['/', `/?q=${attack}`, '/people/ann%40example.com', ...views]) {
    const page = await open(path)
    expect(page).not.toContain('<script>alert')
    expect(page).not.toContain('<img src=x')
  }
})

test('a mail is shown where it cannot run anything, with its links tracked', async () => {
  const { standIn, receiver } = await inbox()
  const id = (await send(standIn, mailTo('ann@example.com', 'm-1'))).headers.get('x-message-id')
  const frame = await fetch(`${standIn.url}/mail/${id}/html`)
  expect(frame.headers.get('content-security-policy')).toContain("default-src 'none'")
  expect(frame.headers.get('content-security-policy')).not.toContain('allow-scripts')
  expect(await frame.text()).toContain(`<a href="/mail/${id}/link/0">there</a>`)
  const link = await fetch(`${standIn.url}/mail/${id}/link/0`, { redirect: 'manual' })
  expect(link.headers.get('location')).toBe('https://shop.example/?a=1&b=2')
  await standIn.deliverDueEvents()
  expect(receiver.events()).toMatchObject([{ event: 'click', url: 'https://shop.example/?a=1&b=2', message_id: 'm-1' }])
})

test('where click tracking is off, links lead straight to their address and clicks are not reported', async () => {
  const { standIn, receiver, open } = await inbox()
  const untracked = mailTo('ann@example.com', 'm-1', { tracking_settings: { click_tracking: { enable: false } } })
  const id = (await send(standIn, untracked)).headers.get('x-message-id')
  expect(await open(`/mail/${id}/html`)).toContain('href="https://shop.example/?a=1&amp;b=2"')
  await fetch(`${standIn.url}/mail/${id}/link/0`, { redirect: 'manual' })
  await standIn.deliverDueEvents()
  expect(receiver.events()).toEqual([])
})

test.each([
  ['open', { event: 'open', sg_machine_open: false }],
  ['spam', { event: 'spamreport' }],
  ['bounce', { event: 'bounce', type: 'bounce' }],
])('the button "%s" becomes an event at once', async (action, event) => {
  const { standIn, receiver, press } = await inbox()
  const id = (await send(standIn, mailTo('ann@example.com', 'm-1'))).headers.get('x-message-id')
  expect((await press(`/mail/${id}/${action}`)).status).toBe(303)
  await standIn.deliverDueEvents()
  expect(receiver.events()).toMatchObject([{ ...event, email: 'ann@example.com', message_id: 'm-1' }])
})

test('one-click unsubscribe posts to the address in the header, as RFC 8058 says', async () => {
  const { standIn, press } = await inbox()
  const server = await oneClickServer()
  const headers = {
    'List-Unsubscribe': `<mailto:u@example.com>, <${server.url}>`,
    'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click',
  }
  const id = (await send(standIn, mailTo('ann@example.com', 'm-1', { headers }))).headers.get('x-message-id')
  const response = await press(`/mail/${id}/unsubscribe`)
  expect(decodeURIComponent(response.headers.get('location') ?? '')).toContain('the server answered 200')
  expect(server.requests).toEqual([
    'POST /unsubscribe/token application/x-www-form-urlencoded  List-Unsubscribe=One-Click',
  ])
})

test('without the one-click header nothing is posted', async () => {
  const { standIn, press } = await inbox()
  const server = await oneClickServer()
  const headers = { 'List-Unsubscribe': `<${server.url}>` }
  const id = (await send(standIn, mailTo('ann@example.com', 'm-1', { headers }))).headers.get('x-message-id')
  await press(`/mail/${id}/unsubscribe`)
  expect(server.requests).toEqual([])
})

test('the mails can be had as JSON, with their events', async () => {
  const { standIn, open } = await inbox()
  for (const n of [1, 2, 3]) await send(standIn, mailTo(`p${n}@example.com`, `m-${n}`))
  const { mails } = JSON.parse(await open('/api/mails?limit=2'))
  expect(mails.map((mail: { messageId: string }) => mail.messageId)).toEqual(['m-3', 'm-2'])
  expect(JSON.parse(await open('/api/mails?to=p1@')).mails).toMatchObject([{ messageId: 'm-1', events: [] }])
})
