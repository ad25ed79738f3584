// Ids, tokens and UUIDs that look random but follow from a seed, so that two runs of one story are the same.
import { createHash } from 'node:crypto'

export interface IdSource {
  /** A numeric Shopify id, unique over all kinds. */
  number(): string
  uuid(kind: string): string
  /** `length` hexadecimal digits (at most 64). */
  hex(kind: string, length: number): string
}

/** Ids derived from `seed` and a counter per kind. */
export function idSource(seed: string): IdSource {
  const counters = new Map<string, number>()
  let lastNumber = 7_000_000_000_000

  function digest(kind: string) {
    const count = (counters.get(kind) ?? 0) + 1
    counters.set(kind, count)
    return createHash('sha256').update(`${seed}/${kind}/${count}`).digest('hex')
  }

  return {
    number: () => String(++lastNumber),
    uuid(kind) {
      const hex = digest(kind)
      return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20, 32)}`
    },
    hex: (kind, length) => digest(kind).slice(0, length),
  }
}
