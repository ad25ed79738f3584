// What the intake counts: who asks why a delivery is missing finds here what became of it.
import { Counter, Histogram, type Registry } from 'prom-client'
import type { Endpoint } from './endpoint.server.ts'

export type IntakeResult =
  | 'accepted'
  | 'duplicate'
  | 'forged'
  | 'too_large'
  | 'malformed'
  | 'unknown_shop'
  | 'unknown_topic'
  | 'redacted_shop'
  | 'busy'
  | 'gone'
  | 'failed'

export type IntakeSource = 'shopify' | 'sendgrid'

export interface IntakeCounters {
  count(source: IntakeSource, result: IntakeResult): void
  /** How long it took until an answer was given. */
  took(seconds: number): void
}

/** Counts in `registry`, or nowhere without one. */
export function createIntakeCounters(registry?: Registry): IntakeCounters {
  if (!registry) return { count: () => {}, took: () => {} }
  const deliveries = new Counter({
    name: 'tern_intake_deliveries_total',
    help: 'Webhook deliveries and events, by what became of them',
    labelNames: ['source', 'result'],
    registers: [registry],
  })
  const seconds = new Histogram({
    name: 'tern_intake_seconds',
    help: 'Time from the first byte of a webhook to its answer',
    buckets: [0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5],
    registers: [registry],
  })
  return { count: (source, result) => deliveries.inc({ source, result }), took: (value) => seconds.observe(value) }
}

/** `endpoint`, with the time that each answer takes, and with failures counted: those are answered by the server. */
export function watched(endpoint: Endpoint, source: IntakeSource, counters: IntakeCounters): Endpoint {
  return {
    methods: endpoint.methods,
    async answer(request) {
      const startedMs = performance.now()
      try {
        return await endpoint.answer(request)
      } catch (error) {
        counters.count(source, 'failed')
        throw error
      } finally {
        counters.took((performance.now() - startedMs) / 1000)
      }
    },
  }
}
