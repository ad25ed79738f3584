// Looks for words in every column of a database that can hold text, compressed bodies included.
import { brotliDecompressSync } from 'node:zlib'
import type { Database } from '#app/platform/database.server.ts'

export interface Finding {
  table: string
  column: string
  word: string
}

/** Where any of `words` stands, in any case. Columns are taken from the catalogue, so none is forgotten. */
export async function searchDatabase(db: Database, words: readonly string[]): Promise<Finding[]> {
  const { rows: columns } = await db.pool.query<{ schema: string; table: string; column: string; type: string }>(
    `select n.nspname as schema, c.relname as table, a.attname as column, t.typname as type
     from pg_attribute a
     join pg_class c on c.oid = a.attrelid and c.relkind in ('r', 'p')
     join pg_namespace n on n.oid = c.relnamespace
     join pg_type t on t.oid = a.atttypid
     where n.nspname in ('public', 'partitions', 'pgboss') and a.attnum > 0 and not a.attisdropped
       and t.typname in ('text', 'varchar', 'bpchar', 'json', 'jsonb', '_text', '_varchar', 'bytea')
     order by 1, 2, 3`,
  )
  const findings: Finding[] = []
  for (const { schema, table, column, type } of columns) {
    const { rows } = await db.pool.query<{ value: unknown }>(
      `select "${column}" as value from "${schema}"."${table}" where "${column}" is not null`,
    )
    const text = rows.flatMap(({ value }) => (type === 'bytea' ? readings(value) : [asText(value)])).join('\n')
    const found = words.filter((word) => text.toLowerCase().includes(word.toLowerCase()))
    findings.push(...found.map((word) => ({ table: `${schema}.${table}`, column, word })))
  }
  return findings
}

const asText = (value: unknown) => (typeof value === 'string' ? value : JSON.stringify(value))

/** Bytes as they are, and as what they hold when they are compressed. */
function readings(value: unknown): string[] {
  if (!Buffer.isBuffer(value)) return []
  const plain = value.toString('latin1')
  try {
    return [plain, brotliDecompressSync(value).toString('utf8')]
  } catch {
    return [plain]
  }
}
