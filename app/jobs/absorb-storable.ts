// Finds what PostgreSQL would refuse, before it does: one delivery's absurd number must not fail the batch of others.
import { UnreadablePayloadError } from '#app/events/unreadable-payload.ts'

const earliestMs = Date.UTC(1970, 0, 2)
const latestMs = Date.UTC(9999, 0, 1)

/**
 * Passes `value` when every number in it is a whole one that is exact, and every time one of our calendar.
 * @throws UnreadablePayloadError otherwise
 */
export function storable<Value>(value: Value): Value {
  check(value)
  return value
}

function check(value: unknown): void {
  if (typeof value === 'number' && !Number.isSafeInteger(value))
    throw new UnreadablePayloadError('a number is too large')
  if (typeof value !== 'object' || value === null) return
  if (value instanceof Date) {
    const time = value.getTime()
    if (!(time >= earliestMs && time < latestMs)) throw new UnreadablePayloadError('a time is out of range')
    return
  }
  for (const part of Object.values(value)) check(part)
}
