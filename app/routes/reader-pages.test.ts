import type { ActionFunctionArgs, AppLoadContext } from '@remix-run/node'
import { expect, test } from 'vitest'
import type { Reader } from '#app/messages/unsubscribe.server.ts'
import { action as preferencesAction, loader as preferencesLoader } from './preferences.$token.tsx'
import { action, loader } from './unsubscribe.$token.tsx'

test('looking at the way out changes nothing, however often', async () => {
  const reader = fakeReader()
  for (let look = 0; look < 3; look++) expect((await loader(args(reader, 'GET'))).status).toBe(200)
  expect(reader.state).toBe('subscribed')
})

test('the page names the shop, masks the address, and holds one button and no script', async () => {
  const html = await (await loader(args(fakeReader(), 'GET'))).text()
  expect(html).toContain('Unsubscribe from Harbour &amp; Sons?')
  expect(html).toContain('a•••@example.com')
  expect(html.match(/<button/g)).toHaveLength(1)
  expect(html).not.toMatch(/<script|<link|<img|ada@/)
})

test.each([
  ['a mail program (RFC 8058)', 'List-Unsubscribe=One-Click'],
  ['our button', 'action=unsubscribe'],
  ['an empty body', ''],
])('one POST from %s unsubscribes, and a second one changes nothing', async (_who, body) => {
  const reader = fakeReader()
  for (let post = 0; post < 2; post++) {
    const answer = await action(args(reader, 'POST', body))
    expect(answer.status).toBe(200)
    expect(await answer.text()).toContain('You are unsubscribed')
  }
  expect(reader.state).toBe('unsubscribed')
})

test('a token that is not ours gets the same page whatever is asked with it', async () => {
  const answers = await Promise.all([
    loader(args(null, 'GET')),
    action(args(null, 'POST')),
    preferencesLoader(args(null, 'GET')),
    preferencesAction(args(null, 'POST', 'action=resubscribe')),
  ])
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  expect(answers.map((answer) => answer.status)).toEqual([404, 404, 404, 404])
  expect(new Set(pages).size).toBe(1)
})

test('preferences show the state and change it both ways', async () => {
  const reader = fakeReader()
  expect(await (await preferencesAction(args(reader, 'POST', 'action=unsubscribe'))).text()).toContain(
    'Subscribe again',
  )
  expect(reader.state).toBe('unsubscribed')
  expect(await (await preferencesAction(args(reader, 'POST', 'action=resubscribe'))).text()).toContain('Unsubscribe')
  expect(reader.state).toBe('subscribed')
})

test('nothing else may frame, cache or index the page, and it passes no address on', async () => {
  const { headers } = await loader(args(fakeReader(), 'GET'))
  expect(headers.get('content-security-policy')).toContain("frame-ancestors 'none'")
  expect(headers.get('referrer-policy')).toBe('no-referrer')
  expect(headers.get('cache-control')).toBe('no-store')
})

function fakeReader(): Reader {
  return { shopName: 'Harbour & Sons', maskedEmail: 'a•••@example.com', state: 'subscribed', isUnreachable: false }
}

function args(reader: Reader | null, method: string, body?: string): ActionFunctionArgs {
  const turned = (state: Reader['state']) => async () => reader && Object.assign(reader, { state })
  const readers = { find: async () => reader, unsubscribe: turned('unsubscribed'), resubscribe: turned('subscribed') }
  const headers = {
    'content-type': 'application/x-www-form-urlencoded',
    'content-length': String(Buffer.byteLength(body ?? '')),
  }
  return {
    request: new Request('https://app.example/unsubscribe/t', { method, headers, ...(body !== undefined && { body }) }),
    params: { token: 't' },
    context: { tern: { readers } } as unknown as AppLoadContext,
  }
}
