// Serves the JSONL of finished bulk operations, whole or in ranges, so that a broken download can go on.
import { createReadStream, statSync } from 'node:fs'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { type Exchange, sendJson } from '../http.ts'
import type { BulkOperations } from './bulk-operations.ts'

/** Answers a GET for a result, honouring one `Range: bytes=from-to`. */
export async function answerResultRequest(bulk: BulkOperations, exchange: Exchange) {
  const { request, response, captured } = exchange
  const path = bulk.resultPath(captured[0] ?? '')
  if (!path) return sendJson(response, 404, { errors: 'Not Found' })
  const { size } = statSync(path)
  const headers = { 'content-type': 'application/jsonl', 'accept-ranges': 'bytes' }
  const asked = /^bytes=(\d+)-(\d*)$/.exec(request.headers.range ?? '')
  if (!asked) {
    response.writeHead(200, { ...headers, 'content-length': size })
    return sendStream(createReadStream(path), exchange)
  }
  const start = Number(asked[1])
  const end = Math.min(asked[2] ? Number(asked[2]) : size - 1, size - 1)
  if (start > end) {
    response.writeHead(416, { 'content-range': `bytes */${size}` })
    return response.end()
  }
  response.writeHead(206, {
    ...headers,
    'content-length': end - start + 1,
    'content-range': `bytes ${start}-${end}/${size}`,
  })
  return sendStream(createReadStream(path, { start, end }), exchange)
}

async function sendStream(stream: Readable, { response }: Exchange) {
  try {
    await pipeline(stream, response)
  } catch (error) {
    // A reader who hangs up early has what it wanted, or asks for the rest by range.
    if (!(error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE')) throw error
  }
}
