// Amounts as the Admin API writes them.
import type { Node } from '../node.ts'

/** `amount` of a MoneyV2: a decimal without superfluous zeros, but always with one place ('19.9', '20.0'). */
export function decimalAmount(amountMinor: number, currency: string): string {
  const exponent = exponentOf(currency)
  const decimal = fixedAmount(amountMinor, exponent)
  return exponent === 0 ? `${decimal}.0` : decimal.replace(/(\.\d+?)0+$/, '$1')
}

/** A `Money` scalar, which keeps the currency's places ('19.90'). */
export function moneyScalar(amountMinor: number, currency: string): string {
  return fixedAmount(amountMinor, exponentOf(currency))
}

export function moneyNode(amountMinor: number, currency: string): Node {
  return { amount: decimalAmount(amountMinor, currency), currencyCode: currency }
}

/** A MoneyBag of a shop that sells in one currency. */
export function moneyBag(amountMinor: number, currency: string): Node {
  const money = moneyNode(amountMinor, currency)
  return { shopMoney: money, presentmentMoney: money }
}

const exponents = new Map<string, number>()

function exponentOf(currency: string): number {
  const known = exponents.get(currency)
  if (known !== undefined) return known
  const format = new Intl.NumberFormat('en', { style: 'currency', currency })
  const exponent = format.resolvedOptions().maximumFractionDigits ?? 2
  exponents.set(currency, exponent)
  return exponent
}

function fixedAmount(amountMinor: number, exponent: number): string {
  if (exponent === 0) return String(amountMinor)
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
