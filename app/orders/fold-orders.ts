// Several states of one order in a batch make one, by the same rules by which it is then written over the stored one.
import type { OrderState } from '#app/events/observation.ts'
import type { ProfileId, ShopId } from '#app/lib/ids.ts'
import { earliest, newestByKey } from './newest-first.ts'

export interface OrderToSave {
  shopId: ShopId
  profileId: ProfileId | null
  /** Whom the cart that it came from belongs to, and its checkout. */
  cartOwner: ProfileId | null
  checkoutOwner: ProfileId | null
  order: OrderState
}

export interface FoldedOrder extends OrderToSave {
  /** What the source said was given back in all, and when it said so. */
  statedRefunds: { amountMinor: number; at: Date } | null
}

/** One state per order: the newest, with the earliest of the moments that each state tells. */
export function foldOrders(orders: readonly OrderToSave[]): FoldedOrder[] {
  return newestByKey(
    orders.map((entry): FoldedOrder => ({ ...entry, statedRefunds: statedRefunds(entry.order) })),
    ({ shopId, order }) => `${shopId} ${order.orderId}`,
    ({ order }) => order,
    (newer, older) => ({
      ...newer,
      profileId: newer.profileId ?? older.profileId,
      statedRefunds: laterStatement(newer.statedRefunds, older.statedRefunds),
      order: {
        ...newer.order,
        lines: withMissing(newer.order.lines, older.order.lines),
        paidAt: earliest(newer.order.paidAt, older.order.paidAt),
        fulfilledAt: earliest(newer.order.fulfilledAt, older.order.fulfilledAt),
        cancelledAt: earliest(newer.order.cancelledAt, older.order.cancelledAt),
      },
    }),
  )
}

const statedRefunds = ({ refundedMinor, updatedAt }: OrderState) =>
  refundedMinor === undefined ? null : { amountMinor: refundedMinor, at: updatedAt }

function laterStatement(a: FoldedOrder['statedRefunds'], b: FoldedOrder['statedRefunds']) {
  if (!a || !b) return a ?? b
  return a.at >= b.at ? a : b
}

/** A line that the newer state leaves out stays. */
function withMissing(lines: OrderState['lines'], older: OrderState['lines']) {
  const known = new Set(lines.map((line) => line.lineId))
  return [...lines, ...older.filter((line) => !known.has(line.lineId))]
}
