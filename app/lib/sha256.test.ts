import { createHash } from 'node:crypto'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { sha256 } from './sha256.ts'

test('any text has the digest that Node gives it', () => {
  const property = fc.property(fc.string({ maxLength: 200, unit: 'binary' }), (text) => {
    const hex = [...sha256(text)].map((word) => word.toString(16).padStart(8, '0')).join('')
    // What is no well-formed text is written as the replacement character by both.
    expect(hex).toBe(createHash('sha256').update(new TextEncoder().encode(text)).digest('hex'))
  })
  fc.assert(property, { numRuns: 300 })
})
