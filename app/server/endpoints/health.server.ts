// GET /healthz and the two below it: whether this process lives, and whether it can do its work.
import { setTimeout as delay } from 'node:timers/promises'
import { answer, type Endpoint } from './endpoint.server.ts'

/** Null when this process can work, else what keeps it from working. */
export type Readiness = () => Promise<string | null>

const patienceMs = 2_000

/** For whoever would restart a process that hangs: it answers, so it lives. */
export const live: Endpoint = { methods: ['GET', 'HEAD'], answer: async () => answer(200, 'alive') }

/** For balancers: they send nothing to a process that cannot keep it. Whatever takes too long counts as away. */
export function ready(readiness: Readiness): Endpoint {
  return {
    methods: ['GET', 'HEAD'],
    async answer() {
      const waiting = new AbortController()
      const tooLong = delay(patienceMs, 'the database does not answer', { signal: waiting.signal }).catch(() => null)
      const problem = await Promise.race([readiness().catch(() => 'the database does not answer'), tooLong])
      waiting.abort()
      return problem === null ? answer(200, 'ok') : answer(503, `not ready: ${problem}`)
    },
  }
}
