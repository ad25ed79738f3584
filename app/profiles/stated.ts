// Values that remember when they were stated, so that an older statement never overwrites a newer one.

export interface Stated<Value> {
  value: Value
  /** Milliseconds since the epoch; 0 when nobody ever stated it. */
  at: number
}

/** The newer of two statements; of two from the same moment always the same one, in whatever order they come. */
export function newerStated(a: Stated<string | null>, b: Stated<string | null>): Stated<string | null> {
  if (a.at !== b.at) return a.at > b.at ? a : b
  return (a.value ?? '') >= (b.value ?? '') ? a : b
}
