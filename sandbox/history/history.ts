// The vocabulary of an order history: what was bought and what was given back, free of any file format.

export interface HistoryLine {
  stockCode: string
  quantity: number
  /** Rounded to the penny; `lineMinor` is the truth. */
  unitPriceMinor: number
  lineMinor: number
}

export interface OrderEntry {
  kind: 'order'
  invoice: string
  at: Date
  /** CustomerID as written, or null for a guest. */
  customer: string | null
  country: string
  lines: HistoryLine[]
}

export interface RefundLine {
  /** Place of the refunded line in the order's lines. */
  lineIndex: number
  stockCode: string
  quantity: number
  amountMinor: number
}

/** What one refund invoice gives back of one order; an invoice that reaches several orders makes several entries. */
export interface RefundEntry {
  kind: 'refund'
  invoice: string
  at: Date
  customer: string
  /** Invoice of the order that is refunded. */
  orderInvoice: string
  lines: RefundLine[]
  /** Nothing of the order is left: it counts as cancelled. */
  isWhole: boolean
}

export type HistoryEntry = OrderEntry | RefundEntry

export interface HistoryTotals {
  orders: number
  /** Orders without a customer; part of `orders`. */
  guestOrders: number
  /** Different customers with at least one order. */
  customers: number
  /** Gross, each line rounded to the penny; refunds are not taken off. */
  revenueMinor: number
  refundedMinor: number
  ordersCancelled: number
  /** Stock corrections: lines of ordinary invoices with no quantity or no price. */
  skippedLines: number
  /** Refund lines for which no earlier purchase was left, wholly or in part. */
  unmatchedRefundLines: number
  /** Refund invoices without a customer; their lines are among the unmatched. */
  guestRefunds: number
}

export interface History {
  /** By time, then in the order of the file. */
  entries: HistoryEntry[]
  totals: HistoryTotals
  /** Title by stock code. */
  productTitles: Map<string, string>
}

/** The e-mail address under which a customer of the history lives in the sandbox. */
export function emailOf(customer: string): string {
  return `${customer}@example.com`
}
