// What whoever runs Tern asks a process: is it well, and what are its numbers.
import { createServer, type Server } from 'node:http'
import type { Registry } from 'prom-client'
import type { Log } from '#app/platform/log.server.ts'
import { answerRequest } from './answer-request.server.ts'
import type { Endpoint } from './endpoints/endpoint.server.ts'
import { live, type Readiness, ready } from './endpoints/health.server.ts'
import { metrics } from './endpoints/metrics.server.ts'

export interface OperatorDeps {
  log: Log
  readiness: Readiness
  metrics?: Registry | undefined
  metricsToken?: string | undefined
}

export function operatorEndpoints(deps: OperatorDeps): [string, Endpoint][] {
  return [
    ['/healthz', ready(deps.readiness)],
    ['/healthz/ready', ready(deps.readiness)],
    ['/healthz/live', live],
    ...(deps.metrics ? ([['/metrics', metrics(deps.metrics, deps.metricsToken)]] as [string, Endpoint][]) : []),
  ]
}

/** A server of these alone, for a worker, or for a port that the world does not reach. Does not listen yet. */
export function createOperatorServer(deps: OperatorDeps): Server {
  const endpoints = new Map(operatorEndpoints(deps))
  const server = createServer((request, response) => answerRequest({ endpoints, log: deps.log }, request, response))
  server.requestTimeout = 10_000
  return server
}
