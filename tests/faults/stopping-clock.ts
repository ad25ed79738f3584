// A fast clock that stands still while nobody works: how long a worker takes to start must not decide a test.
import { type Clock, scaledClock } from '#app/platform/clock.server.ts'

export interface ScaledTime {
  rate: number
  start: Date
}

export interface StoppingClock extends Clock {
  /** Runs on from where it stands; returns what makes a scaled clock of another process run with it. */
  run(rate: number): ScaledTime
  stop(): void
  /** Goes by `next` from now on. */
  follow(next: Clock): void
}

export function stoppingClock(at: Date): StoppingClock {
  let current: Clock = standingClock(at)
  return {
    now: () => current.now(),
    sleep: (ms, signal) => current.sleep(ms, signal),
    run(rate) {
      const start = startOf(rate, current.now())
      current = scaledClock(rate, start)
      return { rate, start }
    },
    stop() {
      current = standingClock(current.now())
    },
    follow(next) {
      current = next
    },
  }
}

/** Nobody sleeps by it: what waits in the stand-ins waits in real time. */
const standingClock = (at: Date): Clock => ({ now: () => at, sleep: () => new Promise(() => {}) })

/** The real moment at which a clock agrees with the real one that shows `shown` now. */
function startOf(rate: number, shown: Date): Date {
  return new Date(Math.round((Date.now() * rate - shown.getTime()) / (rate - 1)))
}
