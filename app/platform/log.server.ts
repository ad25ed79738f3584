// Structured logs. Never an e-mail address, a token or a body: callers pass ids and counts, and what slips in is struck out.
import { type DestinationStream, type Logger, pino } from 'pino'
import { discreetError, withoutSecrets } from '#app/lib/discreet.ts'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** A logger that writes JSON lines to standard error, so that standard output stays for what a command prints. */
export function createLog(level: string, destination: DestinationStream = pino.destination(2)): Log {
  const options = {
    level,
    base: undefined,
    redact: ['*.email', '*.token', '*.body', 'email', 'token', 'body'],
    serializers: { err: discreetOr, error: discreetOr },
  }
  return pino(options, { write: (line) => destination.write(withoutSecrets(line)) })
}

const discreetOr = (value: unknown) => (value instanceof Error ? discreetError(value) : value)

/** A logger for tests and benchmarks that says nothing. */
export const silentLog: Log = pino({ level: 'silent' })
