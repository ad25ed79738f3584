// Reads request bodies as raw bytes, never more of one than allowed, and never more of all together than memory bears.
import type { IncomingMessage } from 'node:http'

export type ReadBody = { kind: 'body'; bytes: Buffer } | { kind: 'too_large' } | { kind: 'busy' } | { kind: 'gone' }

export interface BodyReader {
  /** The body of `request`, or why there is none. What is beyond `maxBytes` is thrown away as it comes in. */
  read(request: IncomingMessage, maxBytes: number): Promise<ReadBody>
}

/** @param budgetBytes how much all bodies that are being read at one time may hold together */
export function createBodyReader(budgetBytes: number): BodyReader {
  let held = 0

  function read(request: IncomingMessage, maxBytes: number): Promise<ReadBody> {
    if (Number(request.headers['content-length'] ?? 0) > maxBytes) return refuse(request, 'too_large')
    if (held >= budgetBytes) return refuse(request, 'busy')
    return new Promise((resolve) => {
      let chunks: Buffer[] = []
      let length = 0
      const finish = (result: ReadBody) => {
        held -= length
        length = 0
        chunks = []
        request.off('data', take).off('end', complete).off('close', gone)
        resolve(result)
      }
      const take = (chunk: Buffer) => {
        chunks.push(chunk)
        length += chunk.length
        held += chunk.length
        if (length <= maxBytes) return
        finish({ kind: 'too_large' })
        request.resume()
      }
      const complete = () => finish({ kind: 'body', bytes: chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks) })
      // Also when the sender gave up or was too slow: the server then closes the connection.
      const gone = () => finish({ kind: 'gone' })
      request.on('data', take).on('end', complete).on('close', gone).on('error', gone)
    })
  }

  return { read }
}

/** The rest is read and thrown away, because a sender that is cut off while it speaks does not hear the answer. */
function refuse(request: IncomingMessage, kind: 'too_large' | 'busy'): Promise<ReadBody> {
  request.on('error', () => {})
  request.resume()
  return Promise.resolve({ kind })
}
