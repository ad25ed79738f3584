// Bounds what a page may be sent: Remix reads a form into memory whole, however large it is.
import type { NextFunction, Request, Response } from 'express'

/** A mail's words, the largest thing that anybody sends to a page, have 300,000 characters at most. */
const mostBytes = 5_000_000

/** The readers' pages look at no body of unknown length, and a way out must work however a mail program asks. */
const takesAnyLength = /^\/(unsubscribe|preferences)\//

/** Refuses bodies that are too large, and those that don't say how large they are. Node keeps a sender to its word. */
export function boundedBody(request: Request, response: Response, next: NextFunction): void {
  const { 'content-length': length, 'transfer-encoding': encoding } = request.headers
  if (length !== undefined && Number(length) > mostBytes) refuse(request, response, 413, 'That is too large')
  else if (encoding !== undefined && !takesAnyLength.test(request.path))
    refuse(request, response, 411, 'Say how long it is: Content-Length')
  else next()
}

/** The connection ends with the answer, so that the rest of the body is never read. */
function refuse(request: Request, response: Response, status: number, text: string) {
  request.on('error', () => {})
  response.status(status).set('connection', 'close').type('text/plain').send(`${text}\n`)
}
