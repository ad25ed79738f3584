import { expect, test } from 'vitest'
import { emailHash, identityHash } from './email-hash.ts'

test('an address is recognised whatever its case and blanks, by who has the key', () => {
  expect(emailHash(' Ann@X.example ', 'pepper')).toBe(emailHash('ann@x.example', 'pepper'))
  expect(emailHash('ann@x.example', 'pepper')).not.toBe(emailHash('ann@x.example', 'salt'))
})

test('names of different kinds with the same text have different hashes', () => {
  const hash = (kind: 'cart' | 'checkout') => identityHash({ kind, value: 't' }, 'pepper')
  expect(hash('cart')).not.toBe(hash('checkout'))
})
