// Of several states of one thing in a batch the newest is written; SQL then compares it with what is stored.

/** The newest by `updatedAt` of each key, in order of their keys. Of two from the same moment the one worth more. */
export function newestByKey<State>(
  states: readonly State[],
  keyOf: (state: State) => string,
  rankOf: (state: State) => { updatedAt: Date; totalMinor: number },
  merge: (newer: State, older: State) => State,
): State[] {
  const newest = new Map<string, State>()
  for (const state of states) {
    const key = keyOf(state)
    const known = newest.get(key)
    newest.set(
      key,
      known === undefined ? state : isNewer(rankOf(state), rankOf(known)) ? merge(state, known) : merge(known, state),
    )
  }
  return [...newest].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, state]) => state)
}

function isNewer(a: { updatedAt: Date; totalMinor: number }, b: { updatedAt: Date; totalMinor: number }) {
  const later = a.updatedAt.getTime() - b.updatedAt.getTime()
  return later > 0 || (later === 0 && a.totalMinor >= b.totalMinor)
}

export const earlierOf = (a: Date, b: Date) => (a <= b ? a : b)

/** The earlier of two moments that may both be unknown. */
export function earliest(a: Date | null, b: Date | null): Date | null {
  if (!a || !b) return a ?? b
  return earlierOf(a, b)
}
