// What orders and carts come to, worked out from their lines so that no total can disagree with them.
import type { Line, Order, Refund } from './model.ts'

export function lineTotalMinor(line: Line): number {
  return line.totalMinor ?? line.quantity * line.priceMinor
}

export function linesTotalMinor(lines: readonly Line[]): number {
  return lines.reduce((total, line) => total + lineTotalMinor(line), 0)
}

export function refundTotalMinor(refund: Refund): number {
  return refund.lines.reduce((total, line) => total + line.amountMinor, 0)
}

export function orderRefundedMinor(order: Order): number {
  return order.refunds.reduce((total, refund) => total + refundTotalMinor(refund), 0)
}

/** Quantity given back so far, by line id. */
export function refundedQuantities(order: Order): Map<string, number> {
  const quantities = new Map<string, number>()
  for (const { lineId, quantity } of order.refunds.flatMap((refund) => refund.lines)) {
    quantities.set(lineId, (quantities.get(lineId) ?? 0) + quantity)
  }
  return quantities
}
