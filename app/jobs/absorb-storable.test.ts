import { expect, test } from 'vitest'
import { storable } from './absorb-storable.ts'

test('numbers that are not exact and times that are none are refused, however deep they lie', () => {
  for (const value of [
    2 ** 53,
    Number.POSITIVE_INFINITY,
    Number.NaN,
    0.5,
    new Date('0000-01-01'),
    new Date(Number.NaN),
  ])
    expect(() => storable({ order: { lines: [{ value }] } })).toThrow(/too large|out of range/)
  const fine = { amount: -5, at: new Date('2026-01-01'), none: null, text: 'x', absent: undefined }
  expect(storable(fine)).toBe(fine)
})
