// Lengths of time as a merchant says them; a day is 24 hours, wall-clock times are the business of `wait-until`.
import { z } from 'zod'

const hourMs = 3_600_000
const unitMs = { minutes: 60_000, hours: hourMs, days: 24 * hourMs }
const longestMs = 731 * unitMs.days

export const durationSchema = z
  .strictObject({
    days: z.int().min(0).optional(),
    hours: z.int().min(0).optional(),
    minutes: z.int().min(0).optional(),
  })
  .refine((duration) => durationMs(duration) <= longestMs, 'a wait of more than two years')
  .meta({ widget: 'duration' })

export interface Duration {
  days?: number
  hours?: number
  minutes?: number
}

export function durationMs({ days = 0, hours = 0, minutes = 0 }: Duration): number {
  return days * unitMs.days + hours * unitMs.hours + minutes * unitMs.minutes
}

export const after = (moment: Date, duration: Duration) => new Date(moment.getTime() + durationMs(duration))
