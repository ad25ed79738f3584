import fc from 'fast-check'
import { expect, test } from 'vitest'
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'
import { readJson } from './read-json.ts'

test('whole numbers of 16 digits and more come as text, digit by digit', () => {
  expect(readJson('{"id":820982911946154508,"ids":[-9007199254740993, 12],"n":9007199254740991}')).toEqual({
    id: '820982911946154508',
    ids: ['-9007199254740993', 12],
    n: '9007199254740991',
  })
})

test('digits inside a text, a fraction or an exponent are left alone', () => {
  const json = String.raw`{"a":"x: 820982911946154508,","b":"\\","c":" 1234567890123456 \" 1234567890123456","d":0.1234567890123456789,"e":1e400}`
  expect(readJson(`${json.slice(0, -1)},"id": 820982911946154508}`)).toEqual({
    ...JSON.parse(json),
    id: '820982911946154508',
  })
})

test('whatever has no long number reads as JSON.parse reads it', () => {
  fc.assert(
    fc.property(fc.json(), (json) => {
      const hasLongNumber = /\d{16}/.test(json)
      const hasOddText = /\\u(0000|d[89a-f])/i.test(json)
      fc.pre(!hasLongNumber && !hasOddText)
      expect(readJson(json)).toEqual(JSON.parse(json))
    }),
  )
})

test('every text becomes one that PostgreSQL can keep', () => {
  expect(readJson(String.raw`{"a":"x\u0000y","b":"\ud800z","c":"\ud83d\ude00","d":"\\u0000"}`)).toEqual({
    a: 'xy',
    b: '\ufffdz',
    c: '😀',
    d: String.raw`\u0000`,
  })
})

test('what is not JSON, or nested beyond reason, is unreadable', () => {
  for (const text of ['', '{', '{"a":1}}', '\ufeff{}', '{"a":"\n"}'])
    expect(() => readJson(text)).toThrow(UnreadablePayloadError)
  try {
    readJson('['.repeat(2_000_000))
    expect.unreachable()
  } catch (error) {
    expect(error).toBeInstanceOf(UnreadablePayloadError)
  }
})

test('a hundred thousand long numbers and texts full of backslashes take no more than a second', () => {
  const numbers = `[${'820982911946154508,'.repeat(100_000)}"${'\\\\'.repeat(500_000)}"]`
  const started = performance.now()
  expect(readJson(numbers)).toHaveLength(100_001)
  expect(performance.now() - started).toBeLessThan(1000)
})
