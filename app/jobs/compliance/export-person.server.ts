// Writes everything that Tern holds of one person as one JSON document (docs/export-format.md), row by row.
import { brotliDecompressSync } from 'node:zlib'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import type { ExportSink } from './export-sink.server.ts'
import { speaksOf } from './person-terms.ts'
import { type NamedPerson, type PersonTie, tiesOf } from './person-ties.ts'
import { listTenantTables } from './tenant-tables.server.ts'

export interface Exported {
  shopId: ShopId
  domain: string
  at: Date
  person: NamedPerson
}

const rowsAtOnce = 200

export async function exportPerson(db: Database, exported: Exported, sink: ExportSink, signal: AbortSignal) {
  const { domain, at, person } = exported
  const { profileIds, emails, phones, customerIds, orderIds } = person
  const head = { format: 'tern-person-export', version: 1, shop: domain, exported_at: at }
  await sink.write(`${JSON.stringify(head).slice(0, -1)},\n"person": `)
  await sink.write(
    JSON.stringify({ profile_ids: profileIds, emails, phones, customer_ids: customerIds, order_ids: orderIds }),
  )
  await sink.write(',\n"tables": {')
  await withSystem(db, (tx) => writeTables(tx, exported, sink, signal))
  await sink.write('\n},\n"deliveries": [')
  const comma = separator()
  for (const table of ['inbox', 'inbox_archive'] as const)
    await writeDeliveries(db, table, exported, (text) => sink.write(comma() + text), signal)
  await sink.write('\n]}\n')
  await sink.end()
}

/** Tables that may have rows of a person, with the way to find them. */
export async function listPersonTables(tx: SystemTx): Promise<{ table: string; ties: PersonTie[] }[]> {
  const tables = await listTenantTables(tx)
  return tables
    .filter(({ table }) => !isReadApart.includes(table))
    .map(({ table, columns }) => ({ table, ties: tiesOf(table, columns) }))
    .filter(({ ties }) => ties.length > 0)
}

/** Requests about the person tell nothing of them; raw deliveries have to be unpacked. */
const isReadApart = ['data_request', 'inbox_archive']

async function writeTables(tx: SystemTx, exported: Exported, sink: ExportSink, signal: AbortSignal) {
  const comma = separator()
  for (const { table, ties } of await listPersonTables(tx)) {
    signal.throwIfAborted()
    await sink.write(`${comma()}"${table}": [`)
    const inner = separator()
    await forEachRow(tx, table, ties, exported, (row) => sink.write(inner() + JSON.stringify(row)))
    await sink.write(']')
  }
}

async function forEachRow(
  tx: SystemTx,
  table: string,
  ties: readonly PersonTie[],
  { shopId, person }: Exported,
  use: (row: unknown) => Promise<void>,
) {
  const where = ties.map((tie, index) => tie.where(`$${index + 2}`)).join(' or ')
  await tx.rows(
    `declare person_rows no scroll cursor for
     select to_jsonb(t) - 'shop_id' as row from ${table} t where t.shop_id = $1 and (${where})`,
    [shopId, ...ties.map((tie) => tie.valuesOf(person))],
  )
  for (;;) {
    const rows = await tx.rows<{ row: unknown }>(`fetch ${rowsAtOnce} from person_rows`)
    for (const { row } of rows) await use(row)
    if (rows.length < rowsAtOnce) break
  }
  await tx.rows('close person_rows')
}

/** Raw deliveries are compressed: all of the shop's have to be read to know which speak of the person. */
async function writeDeliveries(
  db: Database,
  table: 'inbox' | 'inbox_archive',
  { shopId, person }: Exported,
  write: (text: string) => Promise<void>,
  signal: AbortSignal,
) {
  const isAbout = speaksOf(person)
  const own = new Set<number | null>(person.profileIds)
  const profile = table === 'inbox' ? 'null::bigint' : 'profile_id'
  for (let after = 0; ; ) {
    signal.throwIfAborted()
    const rows = await withSystem(db, (tx) =>
      tx.rows<{ id: number; profileId: number | null; source: string; topic: string; receivedAt: Date; body: Buffer }>(
        `select id, ${profile} as "profileId", source, topic, received_at as "receivedAt", body from ${table}
         where shop_id = $1 and id > $2 order by id limit $3`,
        [shopId, after, rowsAtOnce],
      ),
    )
    for (const { profileId, source, topic, receivedAt, body } of rows) {
      const text = brotliDecompressSync(body).toString('utf8')
      if (own.has(profileId) || isAbout(text))
        await write(JSON.stringify({ source, topic, received_at: receivedAt, body: text }))
    }
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

/** What stands before each item of a list: nothing before the first. */
function separator() {
  let isFirst = true
  return () => {
    const text = isFirst ? '\n' : ',\n'
    isFirst = false
    return text
  }
}
