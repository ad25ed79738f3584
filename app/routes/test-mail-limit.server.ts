// How many test mails a shop may send: enough to work with, too few to write to strangers.
import type { ShopId } from '#app/lib/ids.ts'

const most = 20
const windowMs = 3_600_000
const sentAt = new Map<ShopId, number[]>()

/** Counts the one that is about to be sent. Kept by each process for itself: a bound, not an account. */
export function mayTest(shopId: ShopId, now: Date): boolean {
  const recent = (sentAt.get(shopId) ?? []).filter((at) => at > now.getTime() - windowMs)
  const may = recent.length < most
  sentAt.set(shopId, may ? [...recent, now.getTime()] : recent)
  return may
}
