// Structured logs. Never an e-mail address, a token or a body: callers pass ids and counts.
import { type Logger, pino } from 'pino'

export type Log = Pick<Logger, 'debug' | 'info' | 'warn' | 'error'>

/** A logger that writes JSON lines to standard error, so that standard output stays for what a command prints. */
export function createLog(level: string): Log {
  return pino(
    { level, base: undefined, redact: ['*.email', '*.token', '*.body', 'email', 'token', 'body'] },
    pino.destination(2),
  )
}

/** A logger for tests and benchmarks that says nothing. */
export const silentLog: Log = pino({ level: 'silent' })
