// Wall-clock time in a time zone. A time that daylight saving skips moves forward by as much as is skipped; one that it
// repeats happens once, the first time. A zone that nobody knows is read as UTC.
import { IANAZone } from 'luxon'
import { invariant } from '#app/lib/errors.ts'

/** As ISO 8601 counts them: Monday is 1, Sunday is 7. */
export type Weekday = 1 | 2 | 3 | 4 | 5 | 6 | 7

export interface Duration {
  amount: number
  unit: 'minutes' | 'hours' | 'days' | 'weeks' | 'months'
}

/** Times of day as "HH:MM". `to` may be earlier than `from`: then it is on the next day. */
export interface QuietHours {
  from: string
  to: string
}

const minuteMs = 60_000
const hourMs = 60 * minuteMs
const dayMs = 24 * hourMs
const everyDay: readonly Weekday[] = [1, 2, 3, 4, 5, 6, 7]

/** The first moment later than `after` at which clocks in `zone` show `timeOfDay`, on one of `weekdays`. */
export function nextTimeOfDay(
  after: Date,
  zone: string,
  timeOfDay: string,
  weekdays: readonly Weekday[] = everyDay,
): Date {
  const time = timeOfDayMs(timeOfDay)
  const today = localDay(after, zone)
  // From yesterday on: a time that was skipped at the end of a day may have moved into the next one.
  for (let day = today - dayMs; day <= today + 8 * dayMs; day += dayMs) {
    const moment = momentAt(day + time, zone)
    if (moment > after && weekdays.includes(weekdayOf(day))) return moment
  }
  throw new RangeError('no weekday was given')
}

/**
 * `date` plus a length of time. Minutes and hours are exact; days, weeks and months are those of the calendar in
 * `zone`, at the same time of day, and a month that is too short ends on its last day.
 */
export function addDuration(date: Date, duration: Duration, zone: string): Date {
  const { amount, unit } = duration
  if (amount === 0) return date
  if (unit === 'minutes') return new Date(date.getTime() + amount * minuteMs)
  if (unit === 'hours') return new Date(date.getTime() + amount * hourMs)
  const local = localMs(date, zone)
  if (unit === 'months') return momentAt(addMonths(local, amount), zone)
  return momentAt(local + amount * (unit === 'weeks' ? 7 : 1) * dayMs, zone)
}

/** Whether `now` lies in `[from, to)` of any day in `zone`. */
export function isWithinQuietHours(now: Date, zone: string, quietHours: QuietHours): boolean {
  return currentQuietEnd(now, zone, quietHours) !== null
}

/** When the quiet hours that `now` lies in end; `now` itself when it lies in none. */
export function endOfQuietHours(now: Date, zone: string, quietHours: QuietHours): Date {
  return currentQuietEnd(now, zone, quietHours) ?? now
}

function currentQuietEnd(now: Date, zone: string, { from, to }: QuietHours): Date | null {
  const start = timeOfDayMs(from)
  const end = timeOfDayMs(to)
  const today = localDay(now, zone)
  for (const day of [today - dayMs, today]) {
    const startsAt = momentAt(day + start, zone)
    const endsAt = momentAt(day + end + (end < start ? dayMs : 0), zone)
    if (startsAt <= now && now < endsAt) return endsAt
  }
  return null
}

/** The moment at which clocks in `zone` show `local`, which is written as if it were UTC. */
function momentAt(local: number, zone: string): Date {
  const before = offsetMs(local - dayMs, zone)
  const after = offsetMs(local + dayMs, zone)
  const candidates = [local - before, local - after].filter((moment) => moment + offsetMs(moment, zone) === local)
  // None: the time is skipped, and the offset from before the change carries it past the gap.
  return new Date(candidates.length > 0 ? Math.min(...candidates) : local - before)
}

function offsetMs(moment: number, zone: string): number {
  const known = IANAZone.create(zone)
  return known.isValid ? known.offset(moment) * minuteMs : 0
}

const localMs = (date: Date, zone: string) => date.getTime() + offsetMs(date.getTime(), zone)

function localDay(date: Date, zone: string): number {
  return Math.floor(localMs(date, zone) / dayMs) * dayMs
}

const weekdays = [7, 1, 2, 3, 4, 5, 6] as const
const weekdayOf = (day: number): Weekday => weekdays[new Date(day).getUTCDay()]!

function addMonths(local: number, months: number): number {
  const date = new Date(local)
  const first = new Date(Date.UTC(date.getUTCFullYear(), date.getUTCMonth() + months, 1))
  const daysInMonth = new Date(Date.UTC(first.getUTCFullYear(), first.getUTCMonth() + 1, 0)).getUTCDate()
  const timeOfDay = local - Math.floor(local / dayMs) * dayMs
  return first.getTime() + (Math.min(date.getUTCDate(), daysInMonth) - 1) * dayMs + timeOfDay
}

function timeOfDayMs(text: string): number {
  const match = /^([01]\d|2[0-3]):([0-5]\d)$/.exec(text)
  invariant(match, `not a time of day: ${text}`)
  return Number(match[1]) * hourMs + Number(match[2]) * minuteMs
}
