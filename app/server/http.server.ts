// Tern's HTTP server: the machine endpoints answered here, from raw bytes and fast; everything else by the web app.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'
import type { Registry } from 'prom-client'
import type { Collector } from '#app/events/collector.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import type { ShopDirectory } from '#app/shops/directory.server.ts'
import { answerRequest } from './answer-request.server.ts'
import { createBodyReader } from './endpoints/body-reader.server.ts'
import type { Endpoint } from './endpoints/endpoint.server.ts'
import type { Readiness } from './endpoints/health.server.ts'
import { createIntakeCounters, watched } from './endpoints/intake-counters.server.ts'
import { createFindScope } from './endpoints/sendgrid-scope.server.ts'
import { createSendGridVerifier } from './endpoints/sendgrid-signature.server.ts'
import { sendGridWebhook } from './endpoints/sendgrid-webhook.server.ts'
import { createShopifyVerifier } from './endpoints/shopify-signature.server.ts'
import { shopifyWebhook } from './endpoints/shopify-webhook.server.ts'
import { operatorEndpoints } from './operator-endpoints.server.ts'

export interface ServerLimits {
  /** An order with 500 lines, all shipped and refunded, states each line three times: about 2.5 MB. */
  shopifyBytes: number
  /** SendGrid's batches end at 768 kB. */
  sendGridBytes: number
  /** What all bodies that are being read may hold together. */
  readingBytes: number
  connections: number
}

export const serverLimits: ServerLimits = {
  shopifyBytes: 5_000_000,
  sendGridBytes: 2_000_000,
  readingBytes: 64_000_000,
  connections: 20_000,
}

export interface ServerDeps {
  directory: ShopDirectory
  collector: Collector
  secrets: {
    /** The app's secret, and the previous one while it rotates. */
    shopify: readonly string[]
    sendGridPublicKeys: readonly string[]
    metricsToken?: string
  }
  log: Log
  metrics?: Registry
  limits?: Partial<ServerLimits>
  /** What keeps this process from working; the database above all. */
  readiness?: Readiness
  /** The web app. Without one, what is no machine endpoint is not found. */
  handleApp?: (request: IncomingMessage, response: ServerResponse) => void
}

/** A server that does not listen yet. */
export function createTernServer(deps: ServerDeps): Server {
  const limits = { ...serverLimits, ...deps.limits }
  const answering = { endpoints: machineEndpoints(deps, limits), log: deps.log, handleApp: deps.handleApp }
  const server = createServer({ connectionsCheckingInterval: 1000 }, (request, response) =>
    answerRequest(answering, request, response),
  )
  server.headersTimeout = 5_000
  server.requestTimeout = 10_000
  // Longer than a balancer keeps its side open, so that it never sends into a connection that is being closed.
  server.keepAliveTimeout = 65_000
  server.maxConnections = limits.connections
  return server
}

/** The table of machine endpoints; a new one is a file beside the others and a line here. */
export function machineEndpoints(deps: ServerDeps, limits: ServerLimits = serverLimits): Map<string, Endpoint> {
  const { directory, collector, log, secrets } = deps
  const counters = createIntakeCounters(deps.metrics)
  const intake = { directory, collector, log, counters, bodies: createBodyReader(limits.readingBytes) }
  const isSigned = createShopifyVerifier(secrets.shopify)
  const shopify = shopifyWebhook({ ...intake, isSigned, maxBytes: limits.shopifyBytes })
  const findScope = createFindScope(directory, createSendGridVerifier(secrets.sendGridPublicKeys))
  const sendGrid = sendGridWebhook({ ...intake, findScope, maxBytes: limits.sendGridBytes })
  const { readiness = async () => null, metrics } = deps
  return new Map([
    ['/webhooks/shopify', watched(shopify, 'shopify', counters)],
    ['/webhooks/compliance', watched(shopify, 'shopify', counters)],
    ['/webhooks/sendgrid', watched(sendGrid, 'sendgrid', counters)],
    ...operatorEndpoints({ log, readiness, metrics, metricsToken: secrets.metricsToken }),
  ])
}
