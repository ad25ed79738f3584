// What a machine endpoint is: it reads a request itself, from the raw bytes on, and answers in a line of text.
import type { IncomingMessage } from 'node:http'

export interface Answer {
  status: number
  text: string
  headers?: Record<string, string>
}

export interface Endpoint {
  methods: readonly string[]
  answer(request: IncomingMessage): Promise<Answer>
}

export const answer = (status: number, text: string, headers?: Record<string, string>): Answer => ({
  status,
  text,
  headers,
})

/** Tells a source to come again: whatever it brought is not kept yet. */
export const comeAgain = answer(503, 'Not kept, please send again', { 'retry-after': '5' })

export const forged = answer(401, 'The signature does not match')

/** For a request without a signature: whoever sends that has no claim to have its body read, so the connection ends. */
export function unsigned(request: IncomingMessage): Answer {
  request.on('error', () => {})
  return answer(401, 'The signature does not match', { connection: 'close' })
}

/** The one value of header `name`, or null when it is missing or empty. */
export function header(request: IncomingMessage, name: string): string | null {
  const value = request.headers[name]
  return typeof value === 'string' && value.length > 0 ? value : null
}
