// What the summary tells of the shop, counted in Tern's database.
import { z } from 'zod'
import type { ShopId } from '#app/lib/ids.ts'
import { type Database, withShop } from '#app/platform/database.server.ts'

export interface FlowFacts {
  name: string
  /** Ever, and still on their way. */
  enrolled: number
  active: number
}

export interface ShopFacts {
  people: number
  orders: number
  /** Deliveries that wait to be worked through. */
  waiting: number
  flows: FlowFacts[]
  mails: { queued: number; skipped: number; handedOver: number; delivered: number; opened: number; clicked: number }
}

export async function readShopFacts(db: Database, shopId: ShopId): Promise<ShopFacts> {
  return withShop(db, shopId, async (tx) => {
    const [counts] = await tx.rows(
      `select (select count(*) from profile where shop_id = $1 and merged_into is null and erased_at is null) as people,
         (select count(*) from shop_order where shop_id = $1 and deleted_at is null) as orders,
         (select count(*) from inbox where shop_id = $1 and set_aside_at is null) as waiting`,
      [shopId],
    )
    const flows = await tx.rows(
      `select f.name, count(e.id) as enrolled, count(e.id) filter (where e.state = 'active') as active
       from flow f left join enrolment e on e.shop_id = f.shop_id and e.flow_id = f.id
       where f.shop_id = $1 group by f.id, f.name, f.priority order by f.priority, f.id`,
      [shopId],
    )
    const [mails] = await tx.rows(
      `select count(*) filter (where state in ('queued', 'deferred', 'claimed')) as queued,
         count(*) filter (where state = 'skipped') as skipped,
         count(handed_over_at) as "handedOver", count(delivered_at) as delivered,
         count(*) filter (where opened_at is not null or machine_opened_at is not null) as opened,
         count(clicked_at) as clicked
       from message where shop_id = $1`,
      [shopId],
    )
    return factsSchema.parse({ ...counts, flows, mails })
  })
}

const factsSchema = z.object({
  people: z.int(),
  orders: z.int(),
  waiting: z.int(),
  flows: z.array(z.object({ name: z.string(), enrolled: z.int(), active: z.int() })),
  mails: z.object({
    queued: z.int(),
    skipped: z.int(),
    handedOver: z.int(),
    delivered: z.int(),
    opened: z.int(),
    clicked: z.int(),
  }),
})
