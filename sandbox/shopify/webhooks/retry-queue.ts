// Deliveries that wait for their next attempt: up to eight over four hours, each wait twice as long as the one before.

export interface RetryQueue<T> {
  /** Queues the attempt after the `failures`-th failure; false when there are no more. */
  add(item: T, failures: number, now: Date): boolean
  /** Takes out everything due, oldest first. */
  takeDue(now: Date): { item: T; failures: number }[]
  nextAt(): Date | null
  size(): number
}

const minute = 60_000
const waitsMs = [1, 2, 4, 8, 16, 32, 64, 113].map((minutes) => minutes * minute)

export function retryQueue<T>(): RetryQueue<T> {
  // One line per number of failures: within it everyone waits equally long, so it is always in order of time.
  const lines: { item: T; failures: number; dueAt: Date }[][] = waitsMs.map(() => [])

  return {
    add(item, failures, now) {
      const waitMs = waitsMs[failures - 1]
      if (waitMs === undefined) return false
      lines[failures - 1]!.push({ item, failures, dueAt: new Date(now.getTime() + waitMs) })
      return true
    },
    takeDue(now) {
      const due = lines.flatMap((line) => {
        const waiting = line.findIndex(({ dueAt }) => dueAt > now)
        return line.splice(0, waiting === -1 ? line.length : waiting)
      })
      return due.sort((a, b) => a.dueAt.getTime() - b.dueAt.getTime())
    },
    nextAt() {
      const heads = lines.flatMap(([head]) => (head ? [head.dueAt.getTime()] : []))
      return heads.length > 0 ? new Date(Math.min(...heads)) : null
    },
    size: () => lines.reduce((total, line) => total + line.length, 0),
  }
}
