// What the merchant does after the installation: says who the mail is from, and publishes every flow.
import { setTimeout as delay } from 'node:timers/promises'
import { publishFlow } from '#app/flows/publish-flow.server.ts'
import type { FlowId, ShopId } from '#app/lib/ids.ts'
import { type Database, type ShopTx, withShop } from '#app/platform/database.server.ts'
import type { Shop } from '#sandbox/store/model.ts'

/** Waits until Tern has read the shop's own facts, then sets the sender and publishes, as of `now()`. */
export async function openForBusiness(
  db: Database,
  shopId: ShopId,
  { shop, now, signal }: { shop: Shop; now: () => Date; signal: AbortSignal },
): Promise<void> {
  while (!(await withShop(db, shopId, isKnown))) await delay(100, undefined, { signal })
  await withShop(db, shopId, async (tx) => {
    await setSender(tx, shop, now())
    const flows = await tx.rows<{ id: FlowId }>('select id from flow where shop_id = $1 order by id', [shopId])
    for (const { id } of flows) {
      const published = await publishFlow(tx, shopId, id, 'keep', now())
      if (!published.ok) throw new Error(`A flow cannot be published: ${JSON.stringify(published.problems)}`)
    }
  })
}

async function isKnown(tx: ShopTx): Promise<boolean> {
  const [row] = await tx.rows<{ isKnown: boolean }>(`select name <> '' as "isKnown" from shop where id = $1`, [
    tx.shopId,
  ])
  return row?.isKnown ?? false
}

async function setSender(tx: ShopTx, { name, email, address }: Shop, now: Date): Promise<void> {
  const postalAddress = `${address.address1}, ${address.city} ${address.zip}, ${address.country}`
  await tx.rows(
    `insert into sender (shop_id, from_email, from_name, postal_address, updated_at) values ($1, $2, $3, $4, $5)
     on conflict (shop_id) do update set from_email = excluded.from_email, from_name = excluded.from_name,
       postal_address = excluded.postal_address, updated_at = excluded.updated_at`,
    [tx.shopId, email, name, postalAddress, now],
  )
}
