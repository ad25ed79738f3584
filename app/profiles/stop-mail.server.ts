// A merchant stops all mail to a person, or allows it again: by address, and noted with who did it.
import type { ProfileId } from '#app/lib/ids.ts'
import type { ShopTx } from '#app/platform/database.server.ts'
import { noteAudit } from '#app/shops/audit.server.ts'
import { findProfile } from './profile-details.server.ts'
import { liftSuppression, suppress } from './suppression.server.ts'

export interface StoppedByHand {
  profileId: ProfileId
  actor: string
}

/** False when there is no address that mail could be stopped to. */
export async function stopMail(tx: ShopTx, { profileId, actor }: StoppedByHand, now: Date): Promise<boolean> {
  const profile = await findProfile(tx, profileId)
  if (!profile?.emailHash || profile.erasedAt) return false
  if (profile.suppression) return true
  await suppress(tx, [{ shopId: tx.shopId, emailHash: profile.emailHash, reason: 'merchant' }], now)
  await noteAudit(tx, tx.shopId, { actor, action: 'profile.suppressed', subject: 'profile', profileId }, now)
  return true
}

/** False when there is no such address. What the suppression was for is noted, because it is gone then. */
export async function allowMail(tx: ShopTx, { profileId, actor }: StoppedByHand, now: Date): Promise<boolean> {
  const profile = await findProfile(tx, profileId)
  if (!profile?.emailHash || profile.erasedAt) return false
  if (!profile.suppression) return true
  const details = { reason: profile.suppression.reason }
  await liftSuppression(tx, [{ shopId: tx.shopId, emailHash: profile.emailHash }])
  await noteAudit(tx, tx.shopId, { actor, action: 'profile.unsuppressed', subject: 'profile', profileId, details }, now)
  return true
}
