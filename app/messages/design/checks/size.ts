// Gmail cuts a mail off at 102 kB, and the way out with it.
import { type Check, wholeMail } from './check.ts'

const clipBytes = 102_000

export const tooLarge: Check = ({ filled }) => {
  const bytes = new TextEncoder().encode(filled?.html ?? '').length
  if (bytes <= clipBytes) return []
  return [{ ...wholeMail, advice: 'clipped', level: 'warning', values: { kilobytes: Math.ceil(bytes / 1_000) } }]
}
