// Who changed by hand what Tern sends, or to whom: append-only, and free of personal data.

import type { ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface AuditEntry {
  /** Who did it: `staff:` and Shopify's number of the person, or what the page is called when none is known. */
  actor: string
  /** `noun.verb`: `profile.suppressed`. */
  action: string
  /** What it was done to: `profile`, `flow:3`, `settings`. */
  subject: string
  /** The person that it was done to, if it was one. */
  profileId?: number
  details?: Record<string, string | number | boolean | null | string[]>
}

/** Notes what was done, in the transaction that does it. */
export async function noteAudit(tx: Tx, shopId: ShopId, entry: AuditEntry, now: Date): Promise<void> {
  await tx.rows(
    `insert into audit_entry (shop_id, at, actor, action, subject, details, profile_id)
     values ($1, $2, $3, $4, $5, $6, $7)`,
    [
      shopId,
      now,
      entry.actor,
      entry.action,
      entry.subject,
      JSON.stringify(entry.details ?? {}),
      entry.profileId ?? null,
    ],
  )
}
