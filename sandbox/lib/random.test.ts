// Proves that chance in the sandbox repeats, is fair enough, and is separate per key.
import { expect, test } from 'vitest'
import { between, chance, pick, pickSome, randomFor, token } from './random.ts'

test('the same seed and key give the same numbers, another key or seed others', () => {
  const numbers = (seed: string, key: string) => {
    const random = randomFor(seed, key)
    return [random(), random(), random()]
  }
  expect(numbers('tern', 'order 1')).toEqual(numbers('tern', 'order 1'))
  expect(numbers('tern', 'order 1')).not.toEqual(numbers('tern', 'order 2'))
  expect(numbers('tern', 'order 1')).not.toEqual(numbers('arctic', 'order 1'))
})

test('the first numbers of many keys are spread evenly', () => {
  const tenths = Array.from({ length: 10 }, () => 0)
  for (let key = 0; key < 10_000; key++) tenths[Math.floor(randomFor('tern', String(key))() * 10)]! += 1
  for (const count of tenths) expect(Math.abs(count - 1000)).toBeLessThan(120)
})

test('a chance of nought never comes and a chance of one always does', () => {
  const random = randomFor('tern', 'chance')
  const draws = Array.from({ length: 1000 }, () => [chance(random, 0), chance(random, 1)])
  expect(draws.every(([never, always]) => !never && always)).toBe(true)
})

test('between reaches both ends and nothing beyond', () => {
  const random = randomFor('tern', 'between')
  const seen = new Set(Array.from({ length: 200 }, () => between(random, 2, 4)))
  expect([...seen].sort()).toEqual([2, 3, 4])
})

test('picking takes members only, and some of them keep their order', () => {
  const random = randomFor('tern', 'pick')
  expect(['a', 'b']).toContain(pick(random, ['a', 'b']))
  const some = pickSome(random, [1, 2, 3, 4, 5, 6], 3)
  expect(some).toHaveLength(3)
  expect(some).toEqual([...new Set(some)].sort())
  expect(pickSome(random, [1, 2], 5)).toEqual([1, 2])
})

test('a token is 32 hexadecimal digits', () => {
  expect(token(randomFor('tern', 'token'))).toMatch(/^[0-9a-f]{32}$/)
})
