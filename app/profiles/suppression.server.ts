// Addresses that no mail may go to. Kept by keyed hash, so that a suppression outlives the person's erasure.
import type { MessageId, ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

export interface Suppression {
  shopId: ShopId
  emailHash: string
  reason: string
  /** The message that led to it, where one did. */
  messageId?: MessageId
}

type Address = Pick<Suppression, 'shopId' | 'emailHash'>

/** Stops mail to these addresses. The first reason stays: it is the one that stopped the mail. */
export async function suppress(tx: Tx, suppressions: readonly Suppression[], now: Date): Promise<void> {
  if (suppressions.length === 0) return
  await tx.rows(
    `insert into suppression (shop_id, email_hash, reason, message_id, created_at)
     select shop_id, email_hash, reason, message_id, $5
     from unnest($1::int[], $2::text[], $3::text[], $4::uuid[]) as s (shop_id, email_hash, reason, message_id)
     order by shop_id, email_hash
     on conflict (shop_id, email_hash) do nothing`,
    [
      ...columnsOf(suppressions),
      suppressions.map(({ reason }) => reason),
      suppressions.map(({ messageId }) => messageId ?? null),
      now,
    ],
  )
}

/** Allows mail to these addresses again. */
export async function liftSuppression(tx: Tx, addresses: readonly Address[]): Promise<void> {
  if (addresses.length === 0) return
  await tx.rows(
    'delete from suppression where (shop_id, email_hash) in (select * from unnest($1::int[], $2::text[]))',
    columnsOf(addresses),
  )
}

/** Which of these addresses no mail may go to, and why. */
export async function findSuppressed(tx: Tx, addresses: readonly Address[]): Promise<Suppression[]> {
  if (addresses.length === 0) return []
  return tx.rows<Suppression>(
    `select shop_id as "shopId", email_hash as "emailHash", reason, message_id as "messageId" from suppression
     where (shop_id, email_hash) in (select * from unnest($1::int[], $2::text[]))`,
    columnsOf(addresses),
  )
}

const columnsOf = (addresses: readonly Address[]) => [
  addresses.map(({ shopId }) => shopId),
  addresses.map(({ emailHash }) => emailHash),
]
