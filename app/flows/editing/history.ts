// What can be undone and redone: the definitions before and after the one that is shown.
import { isDeepEqual } from '#app/lib/deep-equal.ts'

export interface History<Value> {
  past: readonly Value[]
  present: Value
  future: readonly Value[]
}

/** More than anyone goes back. */
const longest = 100

export const began = <Value>(present: Value): History<Value> => ({ past: [], present, future: [] })

/** An edit that changes nothing is none: there would be nothing to see when it is undone. */
export function edited<Value>(history: History<Value>, present: Value): History<Value> {
  if (isDeepEqual(history.present, present)) return history
  return { past: [...history.past, history.present].slice(-longest), present, future: [] }
}

export function undone<Value>({ past, present, future }: History<Value>): History<Value> {
  const before = past.at(-1)
  return before === undefined
    ? { past, present, future }
    : { past: past.slice(0, -1), present: before, future: [present, ...future] }
}

export function redone<Value>({ past, present, future }: History<Value>): History<Value> {
  const [after, ...rest] = future
  return after === undefined ? { past, present, future } : { past: [...past, present], present: after, future: rest }
}
