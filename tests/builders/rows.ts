// Puts rows into any table at once, for stories that begin with a history: only the columns that matter are named.
import type { Database } from '#app/platform/database.server.ts'

export type Row = Record<string, unknown>

/** Inserts `rows` with one statement. All rows name the same columns; dates may be `Date`s. */
export async function insertRows(db: Database, table: string, rows: readonly Row[]): Promise<void> {
  if (rows.length === 0) return
  const columns = Object.keys(rows[0]!).map((name) => `"${name}"`)
  await db.pool.query(
    `insert into ${table} (${columns}) select ${columns} from jsonb_populate_recordset(null::${table}, $1::jsonb)`,
    [JSON.stringify(rows)],
  )
}
