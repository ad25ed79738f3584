// Proves that prices are multiplied and rounded exactly, where floats would not.
import { expect, test } from 'vitest'
import { parseDecimal, timesInMinor } from './decimal-text.ts'

function minor(price: string, quantity: number): number {
  return Number(timesInMinor(parseDecimal(price)!, quantity))
}

test.each([
  ['2.55', 6, 1530],
  ['1.005', 1, 101],
  ['1.0049', 1, 100],
  ['0.001', 4, 0],
  ['0.001', 5, 1],
  ['0.145', 3, 44],
  ['27.5', 1, 2750],
  ['12', 3, 3600],
  ['8142.75', 74215, 60431419125],
])('%s × %i is %i hundredths, half rounded up', (price, quantity, expected) => {
  expect(minor(price, quantity)).toBe(expected)
})

test.each(['', '1,5', '1.', '.5', '1e3', 'NaN', '£2', ' 2', '+2'])('%j is no decimal number', (text) => {
  expect(parseDecimal(text)).toBeNull()
})

test('a negative price keeps its sign', () => {
  expect(minor('-11062.06', 1)).toBe(-1106206)
})
