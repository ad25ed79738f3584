// Reads a CSV file, plain or gzipped, line by line, and can say on which line of which file something was wrong.
import { createReadStream } from 'node:fs'
import { open } from 'node:fs/promises'
import { pipeline } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { CsvError, type InfoRecord, parse } from 'csv-parse'

/** What is wrong in a history file, and where: the message is meant for the person who gave the file. */
export class HistoryFileError extends Error {
  override name = 'HistoryFileError'

  constructor(path: string, line: number, problem: string, options?: ErrorOptions) {
    super(`${path}, line ${line}: ${problem}`, options)
  }
}

export interface CsvLine {
  /** Number of the line in the file, counted from 1 (the header). */
  line: number
  /** The fields in the order in which the columns were asked for. */
  fields: string[]
}

/** Yields the file's records; its header must name exactly `columns`, in any order. */
export async function* readCsvFile(path: string, columns: readonly string[]): AsyncGenerator<CsvLine> {
  let positions: number[] | null = null
  let line = 0
  try {
    for await (const { record, info } of await openCsv(path)) {
      line = info.lines
      if (positions === null) {
        positions = columnPositions(path, record, columns)
        continue
      }
      if (record.length !== columns.length) {
        throw new HistoryFileError(path, line, `has ${record.length} columns instead of ${columns.length}`)
      }
      yield { line, fields: positions.map((position) => record[position] ?? '') }
    }
  } catch (error) {
    throw asFileError(path, line, error)
  }
  if (positions === null) throw new HistoryFileError(path, 1, `is empty; expected the header ${columns.join(',')}`)
}

type CsvRecord = { record: string[]; info: InfoRecord }

async function openCsv(path: string): Promise<AsyncIterable<CsvRecord>> {
  const parser = parse({ bom: true, info: true, relax_column_count: true, skip_empty_lines: true })
  const source = createReadStream(path, { highWaterMark: 256 * 1024 })
  // The callback stays empty because pipeline destroys the parser with the error, and whoever iterates over it gets it.
  const onEnd = () => {}
  if (await isGzip(path)) pipeline(source, createGunzip(), parser, onEnd)
  else pipeline(source, parser, onEnd)
  return parser
}

async function isGzip(path: string): Promise<boolean> {
  const file = await open(path)
  try {
    const { buffer, bytesRead } = await file.read(Buffer.alloc(2), 0, 2, 0)
    return bytesRead === 2 && buffer[0] === 0x1f && buffer[1] === 0x8b
  } finally {
    await file.close()
  }
}

function columnPositions(path: string, header: string[], columns: readonly string[]): number[] {
  const names = header.map((name) => name.trim())
  const unknown = names.find((name, index) => !columns.includes(name) || names.indexOf(name) !== index)
  if (unknown !== undefined || names.length !== columns.length) {
    const found = unknown === undefined ? names.join(',') : `"${unknown}"`
    throw new HistoryFileError(path, 1, `unknown header ${found}; expected ${columns.join(',')}`)
  }
  return columns.map((name) => names.indexOf(name))
}

function asFileError(path: string, lastLine: number, error: unknown): unknown {
  if (error instanceof CsvError) {
    const line = typeof error.lines === 'number' ? error.lines : lastLine + 1
    return new HistoryFileError(path, line, error.message, { cause: error })
  }
  const isBrokenGzip = error instanceof Error && 'code' in error && String(error.code).startsWith('Z_')
  if (isBrokenGzip)
    return new HistoryFileError(path, lastLine + 1, `cannot be unpacked: ${error.message}`, { cause: error })
  return error
}
