// Reads a big file over HTTP line by line, from any byte on, without ever holding more than a piece of it.
import type { Download } from '#app/platform/download.server.ts'

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
/** An order with thousands of lines has some megabytes: those are lines of their own in an export. */
const longestLineBytes = 20_000_000

/** The lines of `url` from byte `from` on, which must begin a line. */
export async function* readLines(
  download: Download,
  url: string,
  from: number,
  signal: AbortSignal,
): AsyncGenerator<Line> {
  const { status, body } = await download(url, { from, signal })
  // Nothing is left: the last piece was read, and the end was not noted before the process died.
  if (status === 416) return
  if ([403, 404, 410].includes(status)) throw new ResultGoneError(`the result is gone (${status})`)
  if (status !== 200 && status !== 206) throw new Error(`the result could not be read (${status})`)
  // A server that does not know ranges sends everything again.
  let toSkip = status === 206 ? 0 : from
  let offset = from
  let rest: Buffer = Buffer.alloc(0)
  for await (const piece of body) {
    const fresh = Buffer.from(piece).subarray(Math.min(toSkip, piece.length))
    toSkip -= piece.length - fresh.length
    let text = rest.length > 0 ? Buffer.concat([rest, fresh]) : fresh
    for (let end = text.indexOf(newline); end >= 0; end = text.indexOf(newline)) {
      const nextOffset = offset + end + 1
      if (end > 0) yield { text: text.toString('utf8', 0, end), offset, nextOffset }
      offset = nextOffset
      text = text.subarray(end + 1)
    }
    if (text.length > longestLineBytes) throw new Error('the result has a line without end')
    rest = text
  }
  if (rest.length > 0) yield { text: rest.toString('utf8'), offset, nextOffset: offset + rest.length }
}
