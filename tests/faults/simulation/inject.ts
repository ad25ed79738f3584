// Hands a request to an HTTP server of this process without a socket: exact and fast, with the server's own code.
import { IncomingMessage, type Server, ServerResponse } from 'node:http'
import { Socket } from 'node:net'

export interface InjectedRequest {
  path: string
  headers: Record<string, string>
  body: string
}

/** The status that the server answers a POST with. */
export function inject(server: Server, { path, headers, body }: InjectedRequest): Promise<number> {
  const request = new IncomingMessage(new Socket())
  Object.assign(request, { method: 'POST', url: path, headers })
  request.push(body)
  request.push(null)
  return new Promise((resolve) => server.emit('request', request, new HeardResponse(request, resolve)))
}

class HeardResponse extends ServerResponse {
  readonly #hear: (status: number) => void

  constructor(request: IncomingMessage, hear: (status: number) => void) {
    super(request)
    this.#hear = hear
  }

  override end(): this {
    this.#hear(this.statusCode)
    return this
  }
}
