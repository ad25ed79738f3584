// What the profiles' pages read.

import { readTimeline, type TimelineCursor } from '#app/flows/timeline/timeline.server.ts'
import type { FlowId } from '#app/lib/ids.ts'
import { listBasketsOf, listOrdersOf } from '#app/orders/purchases-of-profile.server.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { listLedger, type ProfileDetails } from '#app/profiles/profile-details.server.ts'

/** Everything that hangs on the profile. */
export async function readAbout(tx: ShopTx, { id }: ProfileDetails, cursor: TimelineCursor) {
  const [ledger, orders, baskets, timeline, flows, exports] = await Promise.all([
    listLedger(tx, id),
    listOrdersOf(tx, id),
    listBasketsOf(tx, id),
    readTimeline(tx, id, cursor),
    listFlowNames(tx),
    listExports(tx, id),
  ])
  return { ledger, orders, baskets, timeline, flows, exports }
}

const mostFlows = 200

export function listFlowNames(tx: ShopTx): Promise<{ id: FlowId; name: string; state: string }[]> {
  return tx.rows('select id, name, state from flow where shop_id = $1 order by priority, id limit $2', [
    tx.shopId,
    mostFlows,
  ])
}

export interface ListedExport {
  id: number
  requestedAt: Date
  completedAt: Date | null
}

/** The exports of this person that can be downloaded or are being made, asked for here or by Shopify. */
function listExports(tx: ShopTx, profileId: number): Promise<ListedExport[]> {
  return tx.rows<ListedExport>(
    `select r.id, r.requested_at as "requestedAt", r.completed_at as "completedAt" from data_request r
     where r.shop_id = $1 and r.kind = 'data_request' and (r.profile_id = $2::bigint or r.request_id = 'profile ' || $2::bigint)
       and (r.completed_at is null or exists (
         select from data_export_chunk c where c.shop_id = r.shop_id and c.data_request_id = r.id))
     order by r.requested_at desc, r.id desc limit 5`,
    [tx.shopId, profileId],
  )
}

/** The countries that people of the shop live in, found one after the other in their index. */
export async function listCountries(tx: ShopTx): Promise<string[]> {
  const rows = await tx.rows<{ code: string }>(
    `with recursive known as (
       (select country_code as code from profile where shop_id = $1 and country_code is not null
        order by country_code limit 1)
       union all
       select (select p.country_code from profile p where p.shop_id = $1 and p.country_code > known.code
               order by p.country_code limit 1)
       from known where known.code is not null
     )
     select code from known where code is not null limit 250`,
    [tx.shopId],
  )
  return rows.map(({ code }) => code)
}

export async function findFlowName(tx: ShopTx, flowId: number) {
  const [row] = await tx.rows<{ name: string; liveVersion: number | null }>(
    'select name, live_version as "liveVersion" from flow where shop_id = $1 and id = $2',
    [tx.shopId, flowId],
  )
  return row ?? null
}
