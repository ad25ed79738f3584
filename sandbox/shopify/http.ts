// The little HTTP that the stand-in's endpoints share: a route table, bodies in, answers out.
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

export interface Exchange {
  request: IncomingMessage
  response: ServerResponse
  url: URL
  /** What the route's pattern captured. */
  captured: string[]
}

export interface Route {
  method: 'GET' | 'POST'
  pattern: RegExp
  answer(exchange: Exchange): unknown
}

/** A server over a route table; an exception in a route is answered 500 with its message. */
export function routedServer(routes: () => Route[]): Server {
  return createServer((request, response) => {
    respond(routes(), request, response).catch((error: unknown) => {
      console.error(error)
      if (response.headersSent) return response.destroy()
      sendJson(response, 500, { errors: error instanceof Error ? error.message : String(error) })
    })
  })
}

export async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = []
  for await (const chunk of request) chunks.push(chunk)
  return Buffer.concat(chunks).toString('utf8')
}

export function sendJson(response: ServerResponse, status: number, body: unknown) {
  send(response, status, 'application/json; charset=utf-8', JSON.stringify(body))
}

export function sendHtml(response: ServerResponse, status: number, html: string) {
  send(response, status, 'text/html; charset=utf-8', html)
}

export function send(response: ServerResponse, status: number, contentType: string, body: string) {
  const bytes = Buffer.from(body)
  response.writeHead(status, {
    'content-type': contentType,
    'content-length': bytes.length,
    'cache-control': 'no-store',
  })
  response.end(bytes)
}

export function redirect(response: ServerResponse, location: string) {
  response.writeHead(302, { location, 'content-length': 0 })
  response.end()
}

async function respond(routes: Route[], request: IncomingMessage, response: ServerResponse) {
  const url = new URL(request.url ?? '/', 'http://stand-in')
  for (const route of routes) {
    const match = route.method === request.method ? route.pattern.exec(url.pathname) : null
    if (match) {
      await route.answer({
        request,
        response,
        url,
        captured: match.slice(1).map((part) => decodeURIComponent(part ?? '')),
      })
      return
    }
  }
  sendJson(response, 404, { errors: 'Not Found' })
}
