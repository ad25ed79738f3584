// Writes dates, money and numbers as the merchant's locale does, in the shop's time zone and currency.
import { formatMoney } from '#app/lib/money.ts'

export interface Format {
  locale: string
  timeZone: string
  number(value: number): string
  /** 0.123 as "12.3%". */
  percent(share: number): string
  /** An amount in minor units; in the shop's currency unless another is named. */
  money(amountMinor: number, currency?: string): string
  date(at: Date | string): string
  dateTime(at: Date | string): string
  /** "3 hours ago", "in 2 days". */
  relative(at: Date | string, now: Date | string): string
}

export function createFormat({
  locale,
  timeZone,
  currency,
}: {
  locale: string
  timeZone: string
  currency: string
}): Format {
  const number = new Intl.NumberFormat(locale)
  const percent = new Intl.NumberFormat(locale, { style: 'percent', maximumFractionDigits: 1 })
  const date = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone })
  const dateTime = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone })
  const relative = new Intl.RelativeTimeFormat(locale, { numeric: 'auto' })
  return {
    locale,
    timeZone,
    number: (value) => number.format(value),
    percent: (share) => percent.format(share),
    money: (amountMinor, other = currency) => formatMoney({ amountMinor, currency: other }, locale),
    date: (at) => date.format(new Date(at)),
    dateTime: (at) => dateTime.format(new Date(at)),
    relative(at, now) {
      const seconds = (new Date(at).getTime() - new Date(now).getTime()) / 1000
      const [unit, size] = units.find(([, size]) => Math.abs(seconds) >= size) ?? (['second', 1] as const)
      return relative.format(Math.round(seconds / size), unit)
    },
  }
}

const units = [
  ['year', 31_536_000],
  ['month', 2_592_000],
  ['day', 86_400],
  ['hour', 3_600],
  ['minute', 60],
] as const
