// A shop removes Tern: everything of it stops in the transaction that learns of it.
import type { ShopId } from '#app/lib/ids.ts'
import type { SystemTx } from '#app/platform/database.server.ts'

/** What Shopify still sends to an app that was removed. */
const complianceTopics = ['customers/data_request', 'customers/redact', 'shop/redact']

/**
 * Ends the shop's work as of `at`. Returns false when it was installed again after that: the news is old then.
 * What waits in the inbox goes too; should the shop come back, its past is read anew.
 */
export async function uninstallShop(tx: SystemTx, shopId: ShopId, at: Date, now: Date): Promise<boolean> {
  const [left] = await tx.rows<{ domain: string }>(
    `update shop set uninstalled_at = $2 where id = $1 and uninstalled_at is null and installed_at <= $2
     returning domain`,
    [shopId, at],
  )
  if (!left) return false
  await tx.rows('delete from session where shop = $1', [left.domain])
  await tx.rows(
    `update enrolment set state = 'exited', end_reason = 'uninstalled', ended_at = $2, waits_for = null,
       revision = revision + 1
     where shop_id = $1 and state = 'active'`,
    [shopId, now],
  )
  await tx.rows('delete from absence_timer where shop_id = $1', [shopId])
  await tx.rows(
    `update message set state = 'skipped', reason = 'uninstalled', due_at = null
     where shop_id = $1 and state in ('queued', 'deferred')`,
    [shopId],
  )
  await tx.rows(`update sync_run set state = 'waiting', updated_at = $2 where shop_id = $1 and state <> 'done'`, [
    shopId,
    now,
  ])
  await tx.rows(
    `delete from inbox where shop_id = $1 and source <> 'sendgrid' and set_aside_at is null and topic <> all($2)`,
    [shopId, complianceTopics],
  )
  return true
}
