// GET /metrics: numbers for Prometheus, for whoever knows the token or sits on this very machine.
import { createHash, timingSafeEqual } from 'node:crypto'
import type { IncomingMessage } from 'node:http'
import type { Registry } from 'prom-client'
import { answer, type Endpoint, header } from './endpoint.server.ts'

export function metrics(registry: Registry, token: string | undefined): Endpoint {
  return {
    methods: ['GET'],
    async answer(request) {
      if (!isLocal(request) && !(token && knowsToken(request, token)))
        return answer(401, 'Send the token: Authorization: Bearer METRICS_TOKEN', { 'www-authenticate': 'Bearer' })
      return answer(200, await registry.metrics(), { 'content-type': registry.contentType })
    },
  }
}

/** A proxy on this machine makes every request look local; then it says for whom it asks. */
function isLocal(request: IncomingMessage) {
  const isForwarded = 'forwarded' in request.headers || 'x-forwarded-for' in request.headers
  return !isForwarded && /^(::ffff:)?127\.|^::1$/.test(request.socket.remoteAddress ?? '')
}

function knowsToken(request: IncomingMessage, token: string) {
  const given = header(request, 'authorization')?.replace(/^Bearer /, '') ?? ''
  const digest = (text: string) => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(token))
}
