// Reads a big file over HTTP line by line, from any byte on, without ever holding more than a piece of it.

export interface Line {
  text: string
  /** The byte at which the line begins, and the one after its end. */
  offset: number
  nextOffset: number
}

/** The file cannot be fetched any more: a new export has to be made. */
export class ResultGoneError extends Error {
  override name = 'ResultGoneError'
}

const newline = 10

/** The lines of `url` from byte `from` on, which must begin a line. */
export async function* readLines(url: string, from: number, signal: AbortSignal): AsyncGenerator<Line> {
  const response = await fetch(url, { signal, headers: from > 0 ? { range: `bytes=${from}-` } : {} })
  // Nothing is left: the last piece was read, and the end was not noted before the process died.
  if (response.status === 416) return
  if ([403, 404, 410].includes(response.status)) throw new ResultGoneError(`the result is gone (${response.status})`)
  if (!response.ok || !response.body) throw new Error(`the result could not be read (${response.status})`)
  // A server that does not know ranges sends everything again.
  let toSkip = response.status === 206 ? 0 : from
  let offset = from
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of piecesOf(response.body)) {
    const fresh = Buffer.from(piece).subarray(Math.min(toSkip, piece.length))
    toSkip -= piece.length - fresh.length
    let text = rest.length > 0 ? Buffer.concat([rest, fresh]) : fresh
    for (let end = text.indexOf(newline); end >= 0; end = text.indexOf(newline)) {
      const nextOffset = offset + end + 1
      if (end > 0) yield { text: text.toString('utf8', 0, end), offset, nextOffset }
      offset = nextOffset
      text = text.subarray(end + 1)
    }
    rest = text
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), offset, nextOffset: offset + rest.length }
}

async function* piecesOf(body: ReadableStream<Uint8Array>): AsyncGenerator<Uint8Array> {
  const reader = body.getReader()
  try {
    for (let part = await reader.read(); !part.done; part = await reader.read()) yield part.value
  } finally {
    await reader.cancel()
  }
}
