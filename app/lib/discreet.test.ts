import pg from 'pg'
import { expect, test } from 'vitest'
import { discreetError, errorInWords, withoutSecrets } from './discreet.ts'

test.each([
  ['no such mailbox: <ann.o-neil+x@post.example.co.uk>', 'no such mailbox: <[address]>'],
  ['zoë@bücher.example bounced', '[address] bounced'],
  ['a token shpat_0123456789abcdef0123456789abcdef', 'a token [credential]'],
  ['SG.abcdefgh12345678.ijklmnop is no key', '[credential] is no key'],
  ['authorization: Bearer eyJhbGciOiJIUzI1NiJ9.e30.abc', 'authorization: [credential]'],
  ['@ noon, 3 @ 5', '@ noon, 3 @ 5'],
])('%j is told as %j', (text, told) => expect(withoutSecrets(text)).toBe(told))

test('text that is nearly an address is looked at no longer than any other', () => {
  const text = 'a'.repeat(200_000) + '@'.repeat(200_000)
  expect(withoutSecrets(text)).toBe(text)
})

test('what PostgreSQL and JSON.parse quote is not told', () => {
  const refusal = new pg.DatabaseError('invalid input syntax for type integer: "Zebedee"', 1, 'error')
  Object.assign(refusal, { code: '22P02', routine: 'pg_strtoint32', detail: 'Failing row contains (Zebedee)' })
  expect(errorInWords(refusal)).toBe('database error 22P02 (pg_strtoint32)')
  expect(JSON.stringify(discreetError(refusal))).not.toContain('Zebedee')
  const unread = parsed('Zebedee')
  expect(unread.message).toContain('Zebedee')
  expect(JSON.stringify(discreetError(new Error('no good', { cause: unread })))).not.toContain('Zebedee')
})

test('where it happened is told, and so is what caused it', () => {
  const told = discreetError(new Error('outer', { cause: new RangeError('inner') }))
  expect(told).toMatchObject({ type: 'Error', message: 'outer', cause: { type: 'RangeError', message: 'inner' } })
  expect(told.stack).toContain('discreet.test.ts')
})

function parsed(text: string): Error {
  try {
    JSON.parse(text)
  } catch (error) {
    if (error instanceof Error) return error
  }
  throw new Error('it was JSON')
}
