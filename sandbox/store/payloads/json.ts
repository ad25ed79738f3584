// The scalars of Shopify's JSON: ids that JavaScript's numbers cannot hold, amounts as text, times in the shop's zone.

declare global {
  interface JSON {
    /** Node 22 and newer; missing in TypeScript's library so far. */
    rawJSON(text: string): unknown
  }
}

/** An id as a JSON number with all its digits, also above 2^53. */
export function jsonId(id: string): unknown {
  const number = Number(id)
  return Number.isSafeInteger(number) ? number : JSON.rawJSON(id)
}

export function gid(type: string, id: string): string {
  return `gid://shopify/${type}/${id}`
}

const digitsByCurrency = new Map<string, number>()

/** `1234` of GBP is `12.34`, of JPY `1234`. */
export function decimal(amountMinor: number, currency: string): string {
  let digits = digitsByCurrency.get(currency)
  if (digits === undefined) {
    const format = new Intl.NumberFormat('en', { style: 'currency', currency })
    digits = format.resolvedOptions().maximumFractionDigits ?? 2
    digitsByCurrency.set(currency, digits)
  }
  if (digits === 0) return String(amountMinor)
  const text = String(Math.abs(amountMinor)).padStart(digits + 1, '0')
  return `${amountMinor < 0 ? '-' : ''}${text.slice(0, -digits)}.${text.slice(-digits)}`
}

/** The amount in the shop's and in the shopper's currency, which in the sandbox are the same. */
export function moneySet(amount: string, currency: string) {
  const money = { amount, currency_code: currency }
  return { shop_money: money, presentment_money: money }
}

const HALF_HOUR_MS = 30 * 60 * 1000
const offsets = new Map<string, Map<number, number>>()

/** `2021-12-31T19:00:00-05:00`: Shopify writes times to the second, with the offset that the shop's zone had. */
export function shopTime(at: Date, timezone: string): string {
  const minutes = offsetMinutes(at, timezone)
  const local = new Date(at.getTime() + minutes * 60_000).toISOString().slice(0, 19)
  const hours = String(Math.floor(Math.abs(minutes) / 60)).padStart(2, '0')
  return `${local}${minutes < 0 ? '-' : '+'}${hours}:${String(Math.abs(minutes) % 60).padStart(2, '0')}`
}

export function shopTimeOrNull(at: Date | null, timezone: string): string | null {
  return at === null ? null : shopTime(at, timezone)
}

// Remembered per half hour, because asking Intl costs more than all the rest of a small payload.
function offsetMinutes(at: Date, timezone: string): number {
  const known = offsets.get(timezone) ?? new Map<number, number>()
  offsets.set(timezone, known)
  const slot = Math.floor(at.getTime() / HALF_HOUR_MS)
  const remembered = known.get(slot)
  if (remembered !== undefined) return remembered
  const text = zoneFormat(timezone).format(at)
  const [, sign, hours, minutes] = /GMT([+-])(\d\d):(\d\d)/.exec(text) ?? ['', '+', '0', '0']
  const offset = (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes))
  known.set(slot, offset)
  return offset
}

const zoneFormats = new Map<string, Intl.DateTimeFormat>()

function zoneFormat(timezone: string): Intl.DateTimeFormat {
  const format =
    zoneFormats.get(timezone) ?? new Intl.DateTimeFormat('en', { timeZone: timezone, timeZoneName: 'longOffset' })
  zoneFormats.set(timezone, format)
  return format
}
