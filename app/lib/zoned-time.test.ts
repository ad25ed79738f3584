import { DateTime } from 'luxon'
import { expect, test } from 'vitest'
import { addDuration, endOfQuietHours, isWithinQuietHours, nextTimeOfDay } from '#app/lib/zoned-time.ts'

const minuteMs = 60_000
const dayMs = 86_400_000
const utc = (text: string) => new Date(text)
const night = { from: '22:00', to: '08:00' }

test('the next 09:00 is today when it is still to come, else tomorrow', () => {
  expect(nextTimeOfDay(utc('2026-06-01T07:59:00Z'), 'Europe/London', '09:00')).toEqual(utc('2026-06-01T08:00:00Z'))
  expect(nextTimeOfDay(utc('2026-06-01T08:00:00Z'), 'Europe/London', '09:00')).toEqual(utc('2026-06-02T08:00:00Z'))
})

test('a weekday is the one of the zone, not of UTC', () => {
  const mondayEveningInUtc = utc('2026-06-01T22:00:00Z')
  expect(nextTimeOfDay(mondayEveningInUtc, 'Asia/Tokyo', '09:00', [2])).toEqual(utc('2026-06-02T00:00:00Z'))
  expect(nextTimeOfDay(mondayEveningInUtc, 'Asia/Tokyo', '09:00', [1])).toEqual(utc('2026-06-08T00:00:00Z'))
})

test('a time that daylight saving skips moves forward by the hour that is skipped', () => {
  expect(nextTimeOfDay(utc('2026-03-28T12:00:00Z'), 'Europe/Paris', '02:30')).toEqual(utc('2026-03-29T01:30:00Z'))
})

test('a time that daylight saving repeats happens once: the first time', () => {
  const first = nextTimeOfDay(utc('2026-10-24T12:00:00Z'), 'Europe/Paris', '02:30')
  expect(first).toEqual(utc('2026-10-25T00:30:00Z'))
  expect(nextTimeOfDay(first, 'Europe/Paris', '02:30')).toEqual(utc('2026-10-26T01:30:00Z'))
})

test('every day has each time of day once, in every zone and year: the first of two, or moved past what is skipped', () => {
  for (const zone of Intl.supportedValuesOf('timeZone'))
    for (const change of clockChanges(zone, 2020, 2034)) {
      const before = offsetMs(zone, change - minuteMs)
      const shift = offsetMs(zone, change) - before
      // The middle of what is skipped or repeated, as clocks show it; the offset from before the change tells when.
      const expected = change + shift / 2
      const timeOfDay = new Date(expected + before).toISOString().slice(11, 16)
      const found = nextTimeOfDay(new Date(change - dayMs / 2), zone, timeOfDay)
      expect({ zone, at: found.toISOString() }).toEqual({ zone, at: new Date(expected).toISOString() })
      const following = nextTimeOfDay(found, zone, timeOfDay)
      expect(Math.abs(following.getTime() - found.getTime() - dayMs)).toBeLessThanOrEqual(Math.abs(shift))
    }
})

test('hours are exact and days keep the time of day across a clock change', () => {
  const before = utc('2026-03-28T09:00:00Z')
  const paris = 'Europe/Paris'
  expect(addDuration(before, { amount: 24, unit: 'hours' }, paris)).toEqual(utc('2026-03-29T09:00:00Z'))
  expect(addDuration(before, { amount: 1, unit: 'days' }, paris)).toEqual(utc('2026-03-29T08:00:00Z'))
  expect(addDuration(before, { amount: 2, unit: 'weeks' }, paris)).toEqual(utc('2026-04-11T08:00:00Z'))
  expect(addDuration(before, { amount: 90, unit: 'minutes' }, paris)).toEqual(utc('2026-03-28T10:30:00Z'))
})

test('a month later is the same day of the month, or the last one when the month is too short', () => {
  const month = { amount: 1, unit: 'months' } as const
  expect(addDuration(utc('2026-01-31T10:00:00.250Z'), month, 'UTC')).toEqual(utc('2026-02-28T10:00:00.250Z'))
  expect(addDuration(utc('2028-01-31T10:00:00Z'), month, 'UTC')).toEqual(utc('2028-02-29T10:00:00Z'))
  expect(addDuration(utc('2026-11-30T23:30:00Z'), { amount: 3, unit: 'months' }, 'Asia/Tokyo')).toEqual(
    utc('2027-02-28T23:30:00Z'),
  )
})

test('quiet hours that cross midnight hold until the morning of the next day', () => {
  expect(endOfQuietHours(utc('2026-01-10T23:00:00Z'), 'Europe/London', night)).toEqual(utc('2026-01-11T08:00:00Z'))
  expect(endOfQuietHours(utc('2026-01-11T03:00:00Z'), 'Europe/London', night)).toEqual(utc('2026-01-11T08:00:00Z'))
  expect(isWithinQuietHours(utc('2026-01-11T08:00:00Z'), 'Europe/London', night)).toBe(false)
  expect(isWithinQuietHours(utc('2026-01-11T21:59:00Z'), 'Europe/London', night)).toBe(false)
  expect(isWithinQuietHours(utc('2026-01-11T22:00:00Z'), 'Europe/London', night)).toBe(true)
})

test('outside quiet hours nothing has to be waited for', () => {
  const noon = utc('2026-01-11T12:00:00Z')
  expect(endOfQuietHours(noon, 'Europe/London', night)).toEqual(noon)
  expect(isWithinQuietHours(noon, 'Europe/London', { from: '12:00', to: '12:00' })).toBe(false)
})

test('quiet hours that end in a repeated hour end once', () => {
  const quiet = { from: '22:00', to: '02:30' }
  const secondQuarterPastTwo = utc('2026-10-25T01:15:00Z')
  expect(isWithinQuietHours(utc('2026-10-25T00:15:00Z'), 'Europe/Paris', quiet)).toBe(true)
  expect(isWithinQuietHours(secondQuarterPastTwo, 'Europe/Paris', quiet)).toBe(false)
})

test('a zone that nobody knows is read as UTC', () => {
  const after = utc('2026-06-01T12:00:00Z')
  expect(nextTimeOfDay(after, 'Mars/Olympus', '09:00')).toEqual(utc('2026-06-02T09:00:00Z'))
  expect(addDuration(after, { amount: 1, unit: 'days' }, '')).toEqual(utc('2026-06-02T12:00:00Z'))
  expect(endOfQuietHours(utc('2026-06-01T23:00:00Z'), 'Mars/Olympus', night)).toEqual(utc('2026-06-02T08:00:00Z'))
})

const offsetMs = (zone: string, moment: number) => DateTime.fromMillis(moment, { zone }).offset * minuteMs

/** The moments at which clocks in `zone` change, found by halving the days in which the offset differs. */
function clockChanges(zone: string, fromYear: number, toYear: number): number[] {
  const step = 20 * dayMs
  const changes: number[] = []
  for (let from = Date.UTC(fromYear, 0, 1); from < Date.UTC(toYear, 0, 1); from += step)
    if (offsetMs(zone, from) !== offsetMs(zone, from + step)) changes.push(halve(zone, from, from + step))
  return changes
}

function halve(zone: string, from: number, to: number): number {
  if (to - from <= minuteMs) return to
  const middle = Math.floor((from + to) / 2 / minuteMs) * minuteMs
  return offsetMs(zone, middle) === offsetMs(zone, from) ? halve(zone, middle, to) : halve(zone, from, middle)
}
