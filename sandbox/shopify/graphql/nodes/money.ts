// Amounts as the Admin API writes them.
import { currencyExponent } from '#app/lib/money.ts'
import type { Node } from '../node.ts'

/** `amount` of a MoneyV2: a decimal without superfluous zeros, but always with one place ('19.9', '20.0'). */
export function decimalAmount(amountMinor: number, currency: string): string {
  const exponent = currencyExponent(currency)
  const decimal = fixedAmount(amountMinor, exponent)
  return exponent === 0 ? `${decimal}.0` : decimal.replace(/(\.\d+?)0+$/, '$1')
}

/** A `Money` scalar, which keeps the currency's places ('19.90'). */
export function moneyScalar(amountMinor: number, currency: string): string {
  return fixedAmount(amountMinor, currencyExponent(currency))
}

export function moneyNode(amountMinor: number, currency: string): Node {
  return { amount: decimalAmount(amountMinor, currency), currencyCode: currency }
}

/** A MoneyBag of a shop that sells in one currency. */
export function moneyBag(amountMinor: number, currency: string): Node {
  const money = moneyNode(amountMinor, currency)
  return { shopMoney: money, presentmentMoney: money }
}

function fixedAmount(amountMinor: number, exponent: number): string {
  if (exponent === 0) return String(amountMinor)
  const digits = String(Math.abs(amountMinor)).padStart(exponent + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`
}
