// Deletes raw deliveries that speak of an erased person. They are compressed, so they have to be read to be known.
import { brotliDecompressSync } from 'node:zlib'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type SystemTx, withSystem } from '#app/platform/database.server.ts'
import { type Erased, speaksOf } from './person-terms.ts'

const rowsAtOnce = 500

interface DeliveryRow {
  id: number
  body: Buffer
}

/** Deletes from the inbox, what was set aside included. The caller holds the shop's lane: nothing moves meanwhile. */
export async function erasePending(tx: SystemTx, shopId: ShopId, erased: Erased): Promise<void> {
  const isAbout = speaksOf(erased)
  for (let after = 0; ; ) {
    const rows = await tx.rows<DeliveryRow>(
      'select id, body from inbox where shop_id = $1 and id > $2 order by id limit $3',
      [shopId, after, rowsAtOnce],
    )
    const last = rows.at(-1)
    if (!last) return
    await tx.rows('delete from inbox where shop_id = $1 and id = any($2::bigint[])', [shopId, idsAbout(rows, isAbout)])
    after = last.id
  }
}

/** Deletes from the archive, piece by piece: it may be large, and the shop's work goes on meanwhile. */
export async function eraseArchived(db: Database, shopId: ShopId, erased: Erased, signal: AbortSignal): Promise<void> {
  const isAbout = speaksOf(erased)
  await withSystem(db, (tx) =>
    tx.rows('delete from inbox_archive where shop_id = $1 and profile_id = any($2::bigint[])', [
      shopId,
      erased.profileIds,
    ]),
  )
  for (let after = 0; ; ) {
    signal.throwIfAborted()
    const rows = await withSystem(db, async (tx) => {
      const found = await tx.rows<DeliveryRow>(
        'select id, body from inbox_archive where shop_id = $1 and id > $2 order by id limit $3',
        [shopId, after, rowsAtOnce],
      )
      const ids = idsAbout(found, isAbout)
      if (ids.length > 0)
        await tx.rows('delete from inbox_archive where shop_id = $1 and id = any($2::bigint[])', [shopId, ids])
      return found
    })
    const last = rows.at(-1)
    if (!last) return
    after = last.id
  }
}

function idsAbout(rows: readonly DeliveryRow[], isAbout: (text: string) => boolean): number[] {
  return rows.filter(({ body }) => isAbout(brotliDecompressSync(body).toString('utf8'))).map(({ id }) => id)
}
