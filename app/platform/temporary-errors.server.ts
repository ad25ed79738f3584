// Which errors of the database pass by themselves, so that the work is tried again and nobody's data is blamed.
import pg from 'pg'

/** SQLSTATE classes: connection, transaction rollback, resources, operator intervention, system. */
const temporaryClasses = new Set(['08', '40', '53', '57', '58'])
const lockNotAvailable = '55P03'
const idleTransactionEnded = '25P03'

/** True for a lost connection, a deadlock, a full disk, a restart and the like. */
export function isTemporary(error: unknown): boolean {
  if (error instanceof pg.DatabaseError) {
    const code = error.code ?? ''
    return temporaryClasses.has(code.slice(0, 2)) || code === lockNotAvailable || code === idleTransactionEnded
  }
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  if (/^(ECONN|EPIPE|ETIMEDOUT|ENOTFOUND|EHOSTUNREACH)/.test(code)) return true
  return error instanceof Error && /connection terminated|timeout exceeded when trying to connect/i.test(error.message)
}
