// Chance that repeats: ids and dice derived from text, so that the same run gives the same events.
import { createHash } from 'node:crypto'

/** A number in [0, 1), different at each call. */
export type Random = () => number

/** A generator that gives the same numbers for the same seed (mulberry32). */
export function seededRandom(seed: string): Random {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0)
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32
  }
}

/** An id that looks like SendGrid's own, `length` characters of base64url, always the same for the same `name`. */
export function derivedId(name: string, length: number): string {
  return createHash('sha256').update(name).digest('base64url').slice(0, length)
}
