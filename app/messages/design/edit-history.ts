// Undo and redo: what was, what is, and what was taken back.

export interface History<State> {
  past: readonly State[]
  present: State
  future: readonly State[]
  /** What the last edit was about: typing in one field is one thing to take back. */
  key: string | null
}

export const beginHistory = <State>(present: State): History<State> => ({ past: [], present, future: [], key: null })

/** `key`: edits in a row with the same one are taken back together. */
export function edited<State>(history: History<State>, present: State, key: string | null = null): History<State> {
  if (present === history.present) return history
  const isSameEdit = key !== null && key === history.key && history.past.length > 0
  const past = isSameEdit ? history.past : [...history.past, history.present].slice(-maxKept)
  return { past, present, future: [], key }
}

export function undone<State>({ past, present, future }: History<State>): History<State> | null {
  const last = past.at(-1)
  return last === undefined ? null : { past: past.slice(0, -1), present: last, future: [present, ...future], key: null }
}

export function redone<State>({ past, present, future }: History<State>): History<State> | null {
  const [next, ...rest] = future
  return next === undefined ? null : { past: [...past, present], present: next, future: rest, key: null }
}

const maxKept = 100
