// What the privacy page shows: what the law's topics asked for, and what became of it.
import type { ShopTx } from '#app/platform/database.server.ts'

export interface PrivacyRequestLine {
  id: number
  kind: string
  /** The person's address as it is now; null when nobody is known by that name, or they were erased. */
  email: string | null
  requestedAt: Date
  dueAt: Date
  completedAt: Date | null
  hasExport: boolean
}

export function listPrivacyRequests(tx: ShopTx): Promise<PrivacyRequestLine[]> {
  return tx.rows<PrivacyRequestLine>(
    `select r.id, r.kind, p.email, r.requested_at as "requestedAt", r.due_at as "dueAt",
       r.completed_at as "completedAt",
       r.completed_at is not null and exists (
         select 1 from data_export_chunk c where c.shop_id = r.shop_id and c.data_request_id = r.id
       ) as "hasExport"
     from data_request r
     left join profile p on p.shop_id = r.shop_id and p.id = r.profile_id
     where r.shop_id = $1 order by r.requested_at desc, r.id desc limit 100`,
    [tx.shopId],
  )
}
