// Finds the person that a merchant names by an address.
import { type ProfileId, profileId, type ShopId } from '#app/lib/ids.ts'
import type { Tx } from '#app/platform/database.server.ts'

/** Whoever merged into another is that other. Null when nobody has the address. */
export async function findProfileByEmail(tx: Tx, shopId: ShopId, email: string): Promise<ProfileId | null> {
  const [row] = await tx.rows<{ id: number }>(
    `select coalesce(p.merged_into, p.id) as id
     from profile_identity i join profile p on p.shop_id = i.shop_id and p.id = i.profile_id
     where i.shop_id = $1 and i.kind = 'email' and i.value = $2 and p.erased_at is null`,
    [shopId, email],
  )
  return row ? profileId(row.id) : null
}
