// The one place that reads the time: the system's clock, a scaled one for the sandbox, a virtual one for tests and replay.
import { setTimeout as delay } from 'node:timers/promises'
import { invariant } from '#app/lib/errors.ts'

export interface Clock {
  now(): Date
  /** Resolves after `ms` of this clock's time, or at once when `signal` aborts. */
  sleep(ms: number, signal?: AbortSignal): Promise<void>
}

/** A clock that stands still until it is told to move. */
export interface VirtualClock extends Clock {
  /** Moves to `to`; waking everyone who slept until then. Never goes back. */
  advanceTo(to: Date): void
}

export const systemClock: Clock = scaledClock(1)

/**
 * A clock on which `rate` seconds pass in each real second, and which agrees with the real one at `realStart`. For the
 * sandbox: `rate` 3600 makes an hour pass in a second.
 */
export function scaledClock(rate: number, realStart = new Date()): Clock {
  invariant(rate > 0, 'a clock needs a rate above zero')
  const startMs = realStart.getTime()
  return {
    now: () => new Date(startMs + (Date.now() - startMs) * rate),
    sleep: (ms, signal) => delay(ms / rate, undefined, { signal }).catch(ignoreAbort),
  }
}

/** A clock that only `advanceTo` moves. */
export function virtualClock(startAt: Date): VirtualClock {
  let nowMs = startAt.getTime()
  let sleepers: { until: number; wake: () => void }[] = []
  return {
    now: () => new Date(nowMs),
    sleep(ms, signal) {
      return new Promise((resolve) => {
        if (ms <= 0 || signal?.aborted) return resolve()
        sleepers.push({ until: nowMs + ms, wake: resolve })
        signal?.addEventListener('abort', () => resolve(), { once: true })
      })
    },
    advanceTo(to) {
      invariant(to.getTime() >= nowMs, 'a virtual clock cannot go back')
      nowMs = to.getTime()
      const due = sleepers.filter((sleeper) => sleeper.until <= nowMs)
      sleepers = sleepers.filter((sleeper) => sleeper.until > nowMs)
      for (const sleeper of due) sleeper.wake()
    },
  }
}

function ignoreAbort(error: unknown) {
  if (!(error instanceof Error && error.name === 'AbortError')) throw error
}
