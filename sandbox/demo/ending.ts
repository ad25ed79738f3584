// How a demo ends: on request, by whatever signal, and with everything that it started.

export interface Ending {
  /** Aborted when the demo is to end. */
  signal: AbortSignal
  /** Remembers how to end a thing that was started. */
  onEnd(end: () => unknown): void
  /** Ends everything, the latest first. An end that fails is told and stops no other. */
  run(): Promise<void>
}

const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const

/** From now on the signals ask for an orderly end. Asking again changes nothing: each end has a time limit of its own. */
export function createEnding(): Ending {
  const ending = new AbortController()
  const ends: (() => unknown)[] = []
  for (const name of signals) process.on(name, () => ending.abort())
  return {
    signal: ending.signal,
    onEnd: (end) => void ends.push(end),
    async run() {
      ending.abort()
      for (let end = ends.pop(); end; end = ends.pop()) {
        try {
          await end()
        } catch (error) {
          console.error('The demo could not end a part of itself:', error)
        }
      }
    },
  }
}
