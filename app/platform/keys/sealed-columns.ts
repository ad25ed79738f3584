// Every column that holds something sealed. One that is missing here would be lost with the old key; a test walks the
// schema for it.
export interface SealedColumn {
  table: string
  column: string
  purpose: string
  /** How the bytes stand in the column. */
  encoding: 'bytes' | 'base64'
}

export const sealedColumns: readonly SealedColumn[] = [
  { table: 'keyring', column: 'root', purpose: 'keyring root', encoding: 'bytes' },
  { table: 'sender', column: 'sendgrid_key', purpose: 'sendgrid key', encoding: 'bytes' },
  { table: 'session', column: 'accessToken', purpose: 'session', encoding: 'base64' },
  { table: 'session', column: 'refreshToken', purpose: 'session', encoding: 'base64' },
  { table: 'data_request', column: 'pending', purpose: 'privacy request', encoding: 'bytes' },
  { table: 'data_export_chunk', column: 'sealed', purpose: 'data export', encoding: 'bytes' },
]
