// Whoever has no session sees nothing: every page of the admin there is, with every token that is not good.
import { createHmac } from 'node:crypto'
import { connect } from 'node:net'
import { expect, test } from 'vitest'
import { credentials } from '#sandbox/shopify/fixtures/small-shop.ts'
import { createTestDatabase } from '#tests/database.ts'
import { openTern, ownDomain } from './support/open-tern.ts'
import { listPages } from './support/pages-from-source.ts'

const db = await createTestDatabase()
const { port, url, visit, install, shopify } = await openTern(db)
const shopId = await install()
await db.pool.query(`update shop set name = 'Telltale Goods' where id = $1`, [shopId])
await db.pool.query(`update flow set name = 'Telltale Goods' where shop_id = $1`, [shopId])

/** What anybody may ask for: the bare address, and the two links in mails, which their tests attack. */
const publicPages = ['/', '/unsubscribe/:token', '/preferences/:token', '/auth/*']
const adminPages = (await listPages()).filter(({ path }) => !publicPages.includes(path))
const addressOf = (path: string) => path.replace(/:\w+\??/g, '1').replace('*', 'x')

const seconds = () => Math.floor(Date.now() / 1000)
const encode = (value: unknown) => Buffer.from(JSON.stringify(value)).toString('base64url')

/** A session token of our own making, good but for `changes`. */
function forged(changes: { claims?: object; header?: object; secret?: string; signature?: string } = {}) {
  const claims = {
    iss: `https://${ownDomain}/admin`,
    dest: `https://${ownDomain}`,
    aud: credentials.apiKey,
    sub: '1',
    exp: seconds() + 60,
    nbf: seconds() - 1,
    iat: seconds() - 1,
    jti: 'x',
    sid: 'x',
    ...changes.claims,
  }
  const text = `${encode({ alg: 'HS256', typ: 'JWT', ...changes.header })}.${encode(claims)}`
  const signed = createHmac('sha256', changes.secret ?? credentials.apiSecret)
    .update(text)
    .digest('base64url')
  return `${text}.${changes.signature ?? signed}`
}

const good = forged()
const badTokens: Record<string, () => string | null> = {
  missing: () => null,
  'signed with another key': () => forged({ secret: 'another-secret-0123456789' }),
  'signed with the public client id': () => forged({ secret: credentials.apiKey }),
  'with algorithm none': () => forged({ header: { alg: 'none' }, signature: '' }),
  'with algorithm None and a signature': () => forged({ header: { alg: 'None' } }),
  'with another algorithm named': () => forged({ header: { alg: 'HS512' } }),
  expired: () => forged({ claims: { exp: seconds() - 60, nbf: seconds() - 120 } }),
  'not yet valid': () => forged({ claims: { nbf: seconds() + 600, exp: seconds() + 660 } }),
  'for another app': () => forged({ claims: { aud: 'another-client-id' } }),
  'cut short': () => good.slice(0, -1),
  'without its signature': () => `${good.split('.').slice(0, 2).join('.')}.`,
  'changed in its claims': () => {
    const [header, , signature] = good.split('.')
    const claims = { dest: 'https://victim.myshopify.com', aud: credentials.apiKey, exp: seconds() + 60 }
    return `${header}.${encode(claims)}.${signature}`
  },
  'that is none': () => 'x.y.z',
}

test('a token of our own making is good, so that what follows tests the flaw and nothing else', async () => {
  const answers = await Promise.all(
    adminPages
      .filter(({ hasLoader, path }) => hasLoader && path.startsWith('/app'))
      .map(({ path }) => visit(addressOf(path), { token: forged() })),
  )
  expect(answers.some(({ status }) => status === 200)).toBe(true)
  const pages = await Promise.all(answers.map((answer) => answer.text()))
  expect(pages.some((page) => page.includes('Telltale Goods'))).toBe(true)
})

test.each(Object.entries(badTokens))('no page of the admin answers to a token %s', async (_flaw, token) => {
  for (const { path, hasLoader, hasAction } of adminPages) {
    const sent = token()
    const authorization: Record<string, string> = sent === null ? {} : { authorization: `Bearer ${sent}` }
    const asked = [
      ...(hasLoader ? [await visit(addressOf(path), { token: sent })] : []),
      ...(hasLoader ? [await visit(addressOf(path), { token: null, headers: authorization })] : []),
      ...(hasAction ? [await visit(addressOf(path), { token: null, headers: authorization, method: 'POST' })] : []),
    ]
    for (const answer of asked) {
      expect(answer.status, path).not.toBe(200)
      expect(answer.status, path).toBeLessThan(500)
      expect(answer.headers.get('location') ?? '/auth/session-token', path).toMatch(/^\/auth\/|\/admin\/oauth\//)
      expect(await answer.text(), path).not.toMatch(/Telltale Goods|\bat .*\.tsx?:\d/)
    }
  }
})

test('every page of the admin asks for the session by itself, whatever its frame has asked', async () => {
  expect(adminPages.length).toBeGreaterThan(1)
  for (const { path, id, hasLoader } of adminPages.filter(({ hasLoader }) => hasLoader)) {
    // Remix runs each loader on its own when a page asks for its data.
    const answer = await visit(addressOf(path), { token: null, query: { _data: id } })
    expect([hasLoader, answer.status === 200], path).toEqual([true, false])
  }
})

test("a merchant who names another shop stays in their own, and one of another shop can't get tokens for it", async () => {
  const answer = await visit('/app', { query: { shop: 'victim.myshopify.com' } })
  expect(await answer.text()).not.toContain('victim.myshopify.com')
  const stranger = shopify.mintSessionToken({ shopDomain: 'not-a-shopify-domain.example' })
  expect((await visit('/app', { token: stranger })).status).not.toBe(200)
})

test('the way into a session sends nobody to a place outside the app', async () => {
  for (const place of [
    'https://evil.example/',
    '//evil.example',
    'javascript:alert(1)',
    '/</script><script>alert(1)',
  ]) {
    for (const entry of ['/auth/session-token', '/auth/exit-iframe']) {
      const query = { 'shopify-reload': place, exitIframe: place }
      const answer = await visit(entry, { token: null, query })
      const page = await answer.text()
      expect(answer.headers.get('location') ?? '', entry).not.toContain('evil')
      expect(page, entry).not.toMatch(
        /window\.open\("(https?:)?\/\/evil|window\.open\("javascript|<\/script><script>alert/,
      )
    }
  }
})

test('no page may run a script that is not ours, be framed by others, or send its forms elsewhere', async () => {
  for (const { path, hasLoader } of adminPages.filter((page) => page.id.startsWith('routes/app') && page.hasLoader)) {
    const answer = await visit(addressOf(path))
    const page = await answer.text()
    if (!page.includes('<html')) continue
    const policy = answer.headers.get('content-security-policy') ?? ''
    const nonce = /'nonce-([^']+)'/.exec(policy)?.[1]
    expect(hasLoader && policy).toContain(`frame-ancestors https://${ownDomain} https://admin.shopify.com`)
    expect(/script-src ([^;]*)/.exec(policy)![1]).not.toMatch(/unsafe|\*|data:|http:|strict-dynamic/)
    for (const directive of ["object-src 'none'", "base-uri 'none'", "form-action 'self'"])
      expect(policy).toContain(directive)
    const scripts = [...page.matchAll(/<script\b([^>]*)>/g)].map(([, attributes]) => attributes!)
    const inline = scripts.filter((attributes) => !/\bsrc=/.test(attributes))
    expect(
      inline.every((attributes) => attributes.includes(`nonce="${nonce}"`)),
      path,
    ).toBe(true)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
  }
})

test('each answer has a nonce of its own', async () => {
  const [one, other] = await Promise.all([visit('/app'), visit('/app')])
  expect(one.headers.get('content-security-policy')).not.toBe(other.headers.get('content-security-policy'))
})

test('a page takes no body that is too large or of unknown length, but the way out works however it is asked', async () => {
  const declared = (length: string) => rawStatus(`POST /app HTTP/1.1\r\nhost: x\r\n${length}\r\n\r\n`)
  expect(await declared('content-length: 100000000')).toContain(' 413 ')
  expect(await declared('transfer-encoding: chunked')).toContain(' 411 ')
  const oneClick = 'POST /unsubscribe/none HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n0\r\n\r\n'
  expect(await rawStatus(oneClick)).toContain(' 404 ')
})

test('a flood of headers is cut off', async () => {
  const flood = `GET /app HTTP/1.1\r\nhost: x\r\n${'x-flood: yes\r\n'.repeat(5_000)}\r\n`
  expect(await rawStatus(flood)).toContain(' 431 ')
})

test('what goes wrong inside is told to nobody outside', async () => {
  const answer = await fetch(`${url}/no-such-page`)
  expect(answer.status).toBe(404)
  const page = await answer.text()
  expect(page).not.toMatch(/\bat .*\.tsx?:\d|node_modules|stack/)
})

/** The status line that a request, written by hand, is answered with. */
function rawStatus(request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(request))
    socket.once('data', (data) => {
      resolve(data.toString().split('\r\n')[0]!)
      socket.destroy()
    })
    socket.once('error', reject)
  })
}
