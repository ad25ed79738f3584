import { expect, test } from 'vitest'
import { decimalAmount, moneyScalar } from './money.ts'

test.each([
  [1990, 'GBP', '19.9', '19.90'],
  [2000, 'EUR', '20.0', '20.00'],
  [5, 'USD', '0.05', '0.05'],
  [-1234, 'USD', '-12.34', '-12.34'],
  [500, 'JPY', '500.0', '500'],
  [1500, 'KWD', '1.5', '1.500'],
])('%i minor units of %s are written %s and %s', (amountMinor, currency, decimal, scalar) => {
  expect(decimalAmount(amountMinor, currency)).toBe(decimal)
  expect(moneyScalar(amountMinor, currency)).toBe(scalar)
})
