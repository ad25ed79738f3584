// GET /healthz: whether this process can do its work. Balancers and people ask it.
import { answer, type Endpoint } from './endpoint.server.ts'

/** @param isHealthy resolves to false, or rejects, when something that Tern needs is away */
export function health(isHealthy: () => Promise<boolean>): Endpoint {
  return {
    methods: ['GET', 'HEAD'],
    async answer() {
      const healthy = await isHealthy().catch(() => false)
      return healthy ? answer(200, 'ok') : answer(503, 'not ready: the database does not answer')
    },
  }
}
