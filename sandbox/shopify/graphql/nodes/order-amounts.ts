// What an order is worth, before and after its refunds.
import type { Line, Order } from '#sandbox/store/model.ts'

export function lineTotalMinor(line: Line): number {
  return line.priceMinor * line.quantity
}

export function originalTotalMinor(order: Order): number {
  return order.lines.reduce((total, line) => total + lineTotalMinor(line), 0)
}

export function refundedMinor(order: Order): number {
  return order.refunds.reduce(
    (total, refund) => total + refund.lines.reduce((sum, line) => sum + line.amountMinor, 0),
    0,
  )
}

/** The original total less what was given back. */
export function currentTotalMinor(order: Order): number {
  return originalTotalMinor(order) - refundedMinor(order)
}

export function refundedQuantity(order: Order, lineId: string): number {
  const lines = order.refunds.flatMap((refund) => refund.lines)
  return lines.reduce((total, line) => (line.lineId === lineId ? total + line.quantity : total), 0)
}
