// Seals everything anew with today's encryption key, while Tern runs: afterwards the previous key is not needed any more.
import type { Database } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'
import { type SealedColumn, sealedColumns } from './sealed-columns.ts'

const rowsAtOnce = 200

/** Returns how many values were sealed anew. Safe to break off and to run again. */
export async function rotateKeys(db: Database, secrets: Secrets): Promise<number> {
  let resealed = 0
  for (const column of sealedColumns) resealed += await resealColumn(db, secrets, column)
  return resealed
}

/** A row that changes meanwhile is left to the next round: whoever changed it has used today's key, or moved it. */
async function resealColumn(db: Database, secrets: Secrets, column: SealedColumn): Promise<number> {
  for (let total = 0; ; ) {
    const done = await resealOnce(db, secrets, column)
    total += done.resealed
    if (done.missed === 0) return total
  }
}

async function resealOnce(db: Database, secrets: Secrets, { table, column, purpose, encoding }: SealedColumn) {
  let resealed = 0
  let missed = 0
  for (let after = '(0,0)'; ; ) {
    const { rows } = await db.pool.query<{ place: string; value: Buffer | string }>(
      `select ctid::text as place, "${column}" as value from ${table}
       where ctid > $1::tid and "${column}" is not null order by ctid limit ${rowsAtOnce}`,
      [after],
    )
    for (const { place, value } of rows) {
      if (value.length === 0) continue
      const bytes = typeof value === 'string' ? Buffer.from(value, 'base64') : value
      const sealed = secrets.reseal(bytes, purpose)
      if (!sealed) continue
      const { rowCount } = await db.pool.query(
        `update ${table} set "${column}" = $3 where ctid = $1::tid and "${column}" = $2`,
        [place, value, encoding === 'base64' ? sealed.toString('base64') : sealed],
      )
      if (rowCount === 1) resealed += 1
      else missed += 1
    }
    const last = rows.at(-1)
    if (!last) return { resealed, missed }
    after = last.place
  }
}
