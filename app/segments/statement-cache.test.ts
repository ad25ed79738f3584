import { expect, test } from 'vitest'
import { canonicalJson, remember } from '#app/segments/statement-cache.ts'

test('the results in use are kept, the one that was not asked for longest is let go', () => {
  const worked: string[] = []
  const shout = remember(2, String, (word: string) => {
    worked.push(word)
    return word.toUpperCase()
  })
  for (const word of ['a', 'b', 'a', 'c', 'a', 'b']) shout(word)
  expect(worked).toEqual(['a', 'b', 'c', 'b'])
})

test('a result of null is remembered too', () => {
  let times = 0
  const nothing = remember(2, String, () => {
    times += 1
    return null
  })
  nothing('a')
  nothing('a')
  expect(times).toBe(1)
})

test('the order of keys makes no difference to canonical JSON, the order of entries does', () => {
  expect(canonicalJson({ b: [{ d: 1, c: 2 }], a: 1 })).toBe(canonicalJson({ a: 1, b: [{ c: 2, d: 1 }] }))
  expect(canonicalJson([1, 2])).not.toBe(canonicalJson([2, 1]))
})
