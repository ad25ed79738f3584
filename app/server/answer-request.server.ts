// Answers a request by the table of machine endpoints, or hands it to the web app.
import type { IncomingMessage, ServerResponse } from 'node:http'
import { IntakeBusyError } from '#app/events/collector.server.ts'
import type { Log } from '#app/platform/log.server.ts'
import { type Answer, answer, comeAgain, type Endpoint } from './endpoints/endpoint.server.ts'

export interface Answering {
  endpoints: ReadonlyMap<string, Endpoint>
  log: Log
  /** Without one, what is no machine endpoint is not found. */
  handleApp?: ((request: IncomingMessage, response: ServerResponse) => void) | undefined
}

export function answerRequest(answering: Answering, request: IncomingMessage, response: ServerResponse): void {
  const endpoint = answering.endpoints.get(pathOf(request))
  if (endpoint) void answerMachine(endpoint, request, response, answering.log)
  else if (answering.handleApp) answering.handleApp(request, response)
  else write(response, answer(404, 'Nothing is here'))
}

async function answerMachine(endpoint: Endpoint, request: IncomingMessage, response: ServerResponse, log: Log) {
  if (!endpoint.methods.includes(request.method ?? '')) {
    request.resume()
    const allow = endpoint.methods.join(', ')
    return write(response, answer(405, `Only ${allow}`, { allow }))
  }
  try {
    write(response, await endpoint.answer(request))
  } catch (error) {
    if (!(error instanceof IntakeBusyError))
      log.error({ event: 'intake.failed', err: error }, 'a delivery was not kept')
    write(response, comeAgain)
  }
}

function write(response: ServerResponse, { status, text, headers }: Answer) {
  const body = `${text}\n`
  response.writeHead(status, {
    'content-type': 'text/plain; charset=utf-8',
    'content-length': Buffer.byteLength(body),
    ...headers,
  })
  response.end(body)
}

const pathOf = ({ url = '/' }: IncomingMessage) => {
  const query = url.indexOf('?')
  return query === -1 ? url : url.slice(0, query)
}
