// Waits as they are told.
import type { Told, ToldValue } from '#app/lib/told.ts'
import type { Duration } from './duration.ts'

export function durationTold({ days, hours, minutes }: Duration): ToldValue {
  const parts = [unitTold('days', days), unitTold('hours', hours), unitTold('minutes', minutes)].flat()
  return parts.length > 0 ? { list: parts, join: 'space' } : { key: 'length.none' }
}

const unitTold = (unit: keyof Duration, count: number | undefined): Told[] =>
  count ? [{ key: `length.${unit}`, values: { count } }] : []
