import { expect, test } from 'vitest'
import { createSecrets } from '#app/platform/secrets.server.ts'

const secrets = createSecrets(Buffer.alloc(32, 7).toString('base64'))
const others = createSecrets(Buffer.alloc(32, 8).toString('base64'))

test('what is sealed can be opened with the same key and purpose only', () => {
  const sealed = secrets.seal('shpat_secret', 'session')
  expect(secrets.open(sealed, 'session')).toBe('shpat_secret')
  expect(() => secrets.open(sealed, 'sendgrid key')).toThrow()
  expect(() => others.open(sealed, 'session')).toThrow()
})

test('a sealed text that was changed anywhere is refused', () => {
  const sealed = secrets.seal('shpat_secret', 'session')
  for (let at = 0; at < sealed.length; at++) {
    const changed = Buffer.from(sealed)
    changed[at]! ^= 1
    expect(() => secrets.open(changed, 'session')).toThrow()
  }
})

test('a signature holds for its text, its purpose and its key', () => {
  const signature = secrets.sign('profile 7', 'unsubscribe')
  expect(secrets.isSigned('profile 7', 'unsubscribe', signature)).toBe(true)
  expect(secrets.isSigned('profile 8', 'unsubscribe', signature)).toBe(false)
  expect(secrets.isSigned('profile 7', 'preferences', signature)).toBe(false)
  expect(others.isSigned('profile 7', 'unsubscribe', signature)).toBe(false)
  expect(secrets.isSigned('profile 7', 'unsubscribe', '')).toBe(false)
})
