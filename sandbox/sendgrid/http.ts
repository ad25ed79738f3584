// The little HTTP that the stand-in needs: bounded bodies, and answers in SendGrid's shapes.
import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from 'node:http'
import type { ApiError } from './model.ts'

/** Reads the whole body, or gives up with null as soon as it exceeds `maxBytes`. */
export async function readBody(request: IncomingMessage, maxBytes: number): Promise<Buffer | null> {
  if (Number(request.headers['content-length'] ?? 0) > maxBytes) return null
  const chunks: Buffer[] = []
  let bytes = 0
  for await (const chunk of request) {
    bytes += chunk.length
    if (bytes > maxBytes) return null
    chunks.push(chunk)
  }
  return Buffer.concat(chunks, bytes)
}

/** Parses JSON that must be valid UTF-8; undefined when it is not. */
export function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(body))
  } catch {
    return undefined
  }
}

/** Only accounts with a special agreement may compress. */
export function isPlainJson(request: IncomingMessage): boolean {
  const type = request.headers['content-type']?.split(';')[0]?.trim().toLowerCase()
  return type === 'application/json' && request.headers['content-encoding'] === undefined
}

/** Answers with SendGrid's error object. */
export function answerErrors(
  response: ServerResponse,
  status: number,
  errors: ApiError[],
  headers: OutgoingHttpHeaders = {},
) {
  answer(response, status, 'application/json', JSON.stringify({ errors }), headers)
}

/** Answers with `value` as JSON. */
export function answerJson(response: ServerResponse, status: number, value: unknown) {
  answer(response, status, 'application/json', JSON.stringify(value))
}

/** Answers with a body of the given type. */
export function answer(
  response: ServerResponse,
  status: number,
  contentType: string,
  body: string,
  headers: OutgoingHttpHeaders = {},
) {
  response.writeHead(status, {
    'Content-Type': contentType,
    'Content-Length': Buffer.byteLength(body),
    'Cache-Control': 'no-store',
    ...headers,
  })
  response.end(body)
}

/** Sends the browser on to `location` with GET. */
export function redirect(response: ServerResponse, location: string) {
  response.writeHead(303, { Location: location, 'Content-Length': 0 })
  response.end()
}
