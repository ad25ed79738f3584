// Conditions are asked again and again: what was worked out for one is kept, for as many as are in use at a time.

/** A function like `work`, which remembers its results for the last `size` keys that were asked for. */
export function remember<Input, Result>(
  size: number,
  keyOf: (input: Input) => string,
  work: (input: Input) => Result,
): (input: Input) => Result {
  const known = new Map<string, Result>()
  return (input) => {
    const key = keyOf(input)
    const found = known.get(key)
    const result = found === undefined ? work(input) : found
    // A map keeps the order of insertion: what is put in again becomes the newest.
    known.delete(key)
    known.set(key, result)
    if (known.size > size) known.delete(known.keys().next().value!)
    return result
  }
}

/** The same text for the same JSON, whatever order its keys are in. */
export function canonicalJson(value: unknown): string {
  return JSON.stringify(value, (_, part: unknown) =>
    typeof part === 'object' && part !== null && !Array.isArray(part)
      ? Object.fromEntries(Object.entries(part).sort(([a], [b]) => (a < b ? -1 : 1)))
      : part,
  )
}
