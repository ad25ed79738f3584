// Where an export goes and comes from again: sealed pieces in the database, so that none has to fit into memory whole.
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, type ShopTx, withSystem } from '#app/platform/database.server.ts'
import type { Secrets } from '#app/platform/secrets.server.ts'

export interface ExportSink {
  write(text: string): Promise<void>
  /** Writes what is left. */
  end(): Promise<void>
}

const chunkLength = 256 * 1024
const purpose = 'data export'

/** Replaces what an earlier try has written. */
export async function openExportSink(
  { db, secrets }: { db: Database; secrets: Secrets },
  shopId: ShopId,
  requestId: number,
): Promise<ExportSink> {
  await withSystem(db, (tx) =>
    tx.rows('delete from data_export_chunk where shop_id = $1 and data_request_id = $2', [shopId, requestId]),
  )
  let text = ''
  let place = 0
  const flush = async () => {
    const sealed = secrets.seal(text, purpose)
    text = ''
    await withSystem(db, (tx) =>
      tx.rows('insert into data_export_chunk (shop_id, data_request_id, place, sealed) values ($1, $2, $3, $4)', [
        shopId,
        requestId,
        place,
        sealed,
      ]),
    )
    place += 1
  }
  return {
    async write(piece) {
      text += piece
      if (text.length >= chunkLength) await flush()
    },
    end: flush,
  }
}

/** A unit of work for one shop, as pages are given it. */
export type WithShop = <Result>(shopId: ShopId, work: (tx: ShopTx) => Promise<Result>) => Promise<Result>

/** The export of an answered request, piece by piece; no transaction stays open while a piece is sent. */
export async function* readExport(withShop: WithShop, secrets: Secrets, shopId: ShopId, requestId: number) {
  for (let place = 0; ; place++) {
    const [chunk] = await withShop(shopId, (tx) =>
      tx.rows<{ sealed: Buffer }>(
        `select c.sealed from data_export_chunk c
         join data_request r on r.shop_id = c.shop_id and r.id = c.data_request_id and r.completed_at is not null
         where c.shop_id = $1 and c.data_request_id = $2 and c.place = $3`,
        [shopId, requestId, place],
      ),
    )
    if (!chunk) return
    yield secrets.open(chunk.sealed, purpose)
  }
}
