// What the home page shows of a shop.
import type { ShopTx } from '#app/platform/database.server.ts'

export interface HomeFacts {
  shopName: string
  hasSender: boolean
  sync: SyncLine[]
  flows: FlowLine[]
}

export interface SyncLine {
  resource: string
  state: string
  rowsDone: number
  rowsTotal: number | null
  error: string | null
}

export interface FlowLine {
  id: number
  name: string
  state: string
}

export async function readHome(tx: ShopTx): Promise<HomeFacts> {
  const [shop] = await tx.rows<{ name: string; domain: string; hasSender: boolean }>(
    `select name, domain, exists (select 1 from sender where shop_id = $1) as "hasSender" from shop where id = $1`,
    [tx.shopId],
  )
  const sync = await tx.rows<SyncLine>(
    `select resource, state, rows_done as "rowsDone", rows_total as "rowsTotal", error
     from sync_run where shop_id = $1 order by resource`,
    [tx.shopId],
  )
  const flows = await tx.rows<FlowLine>(
    'select id, name, state from flow where shop_id = $1 order by priority, id limit 50',
    [tx.shopId],
  )
  return { shopName: shop?.name || shop?.domain || '', hasSender: shop?.hasSender ?? false, sync, flows }
}
