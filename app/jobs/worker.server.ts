// The worker's loops: work lanes, send lanes, and the small upkeep that nothing else would do.
import { errorInWords } from '#app/lib/discreet.ts'
import type { Log } from '#app/platform/log.server.ts'

export interface Loop {
  name: string
  /** Does a bounded piece of work and returns how much it did; 0 means that nothing was due. */
  turn(): Promise<number>
}

export interface Worker {
  /** Wakes idle loops at once: something has just been made due in this process. */
  kick(): void
  /** Lets every turn that has begun end, begins no other, and resolves when all have ended. */
  stop(): Promise<void>
}

/** An empty poll costs some 0.05 ms: often while there is work, seldom while there is none. In real time. */
const busyPollMs = 50
const idlePollMs = 1_000
const failurePollMs = 2_000

/** Starts the loops. A turn that throws is logged and tried again after a while; the loop never ends by itself. */
export function startWorker(loops: readonly Loop[], log: Log): Worker {
  let stopping = false
  const pausing = new Set<() => void>()
  const pause = (ms: number) =>
    new Promise<void>((resolve) => {
      const wake = () => {
        clearTimeout(timer)
        pausing.delete(wake)
        resolve()
      }
      const timer = setTimeout(wake, ms)
      pausing.add(wake)
    })
  const kick = () => {
    for (const wake of [...pausing]) wake()
  }
  const run = async (loop: Loop) => {
    let pauseMs = busyPollMs
    while (!stopping) {
      try {
        const done = await loop.turn()
        if (done > 0) {
          pauseMs = busyPollMs
          continue
        }
      } catch (error) {
        log.error({ loop: loop.name, error: errorInWords(error) }, 'worker.turn_failed')
        pauseMs = failurePollMs
      }
      if (stopping) break
      await pause(pauseMs)
      pauseMs = Math.min(pauseMs * 2, idlePollMs)
    }
  }
  const running = loops.map(run)
  return {
    kick,
    async stop() {
      stopping = true
      kick()
      await Promise.all(running)
    },
  }
}
