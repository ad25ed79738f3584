// Money is an integer count of a currency's smallest unit. No float ever holds an amount.
import { invariant } from '#app/lib/errors.ts'

export interface Money {
  amountMinor: number
  currency: string
}

const exponents = new Map<string, number>()

/** How many decimal digits `currency` has (ISO 4217): 2 for EUR, 0 for JPY, 3 for KWD. */
export function currencyExponent(currency: string): number {
  let exponent = exponents.get(currency)
  if (exponent === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    exponent = format.resolvedOptions().maximumFractionDigits ?? 2
    exponents.set(currency, exponent)
  }
  return exponent
}

/**
 * Minor units of a decimal string as Shopify writes it ("19.99", "-3", "1000.0"), rounded half away from zero when it
 * has more digits than the currency. Returns null when `text` is no decimal number or beyond 2^53.
 */
export function parseMinor(text: string, currency: string): number | null {
  const match = /^\s*(-?)(\d+)(?:\.(\d*))?\s*$/.exec(text)
  if (!match) return null
  const exponent = currencyExponent(currency)
  const fraction = (match[3] ?? '').padEnd(exponent + 1, '0')
  const units = Number(match[2]! + fraction.slice(0, exponent)) + (fraction[exponent]! >= '5' ? 1 : 0)
  if (!Number.isSafeInteger(units)) return null
  return match[1] === '-' && units !== 0 ? -units : units
}

/** `money` as a reader of `locale` writes it: "£12.50". */
export function formatMoney(money: Money, locale: string): string {
  const exponent = currencyExponent(money.currency)
  invariant(Number.isSafeInteger(money.amountMinor), 'an amount is a safe integer')
  return formatter(money.currency, locale).format(money.amountMinor / 10 ** exponent)
}

const formatters = new Map<string, Intl.NumberFormat>()

function formatter(currency: string, locale: string) {
  const key = `${locale} ${currency}`
  let format = formatters.get(key)
  if (!format) {
    format = new Intl.NumberFormat(localeOrEnglish(locale), { style: 'currency', currency })
    formatters.set(key, format)
  }
  return format
}

function localeOrEnglish(locale: string) {
  try {
    return Intl.getCanonicalLocales(locale)[0]
  } catch {
    return 'en'
  }
}
