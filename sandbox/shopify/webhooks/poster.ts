// Posts webhooks over kept-alive connections within Shopify's five seconds.
import { Agent, request as httpRequest, type OutgoingHttpHeaders } from 'node:http'

export interface Poster {
  /** The answer's status, or null when none came in time. */
  post(url: URL, headers: OutgoingHttpHeaders, body: Buffer): Promise<number | null>
  close(): void
}

/** A poster with at most `connections` requests in flight; the rest wait their turn. */
export function poster(timeoutMs: number, connections = 64): Poster {
  const agent = new Agent({ keepAlive: true, maxSockets: connections, scheduling: 'fifo' })

  function post(url: URL, headers: OutgoingHttpHeaders, body: Buffer): Promise<number | null> {
    return new Promise((resolve) => {
      let timer: NodeJS.Timeout | undefined
      const request = httpRequest(url, {
        method: 'POST',
        agent,
        headers: { ...headers, 'content-length': body.length },
      })
      // The seconds count from the moment at which a connection is free, not while the request waits for its turn.
      request.once('socket', () => {
        timer = setTimeout(() => request.destroy(), timeoutMs)
      })
      request.once('response', (response) => {
        clearTimeout(timer)
        response.resume()
        resolve(response.statusCode ?? null)
      })
      request.once('error', (error: NodeJS.ErrnoException) => {
        clearTimeout(timer)
        // The server may close an idle connection in the moment at which it is used again: that says nothing about it.
        const wasIdle = request.reusedSocket && error.code === 'ECONNRESET'
        resolve(wasIdle && !request.destroyed ? post(url, headers, body) : null)
      })
      request.end(body)
    })
  }

  return { post, close: () => agent.destroy() }
}
