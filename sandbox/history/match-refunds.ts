// Ties refund invoices to the purchases that they give back, since the file itself does not say which ones.
import type { OrderEntry, RefundEntry, RefundLine } from './history.ts'

export interface RefundRequest {
  invoice: string
  at: Date
  customer: string
  /** Quantities to give back, as positive numbers. */
  lines: { stockCode: string; quantity: number }[]
}

export interface RefundLedger {
  /** Remembers a purchase; call in order of time. */
  bought(order: OrderEntry): void
  /** Refunds what is left of earlier purchases, newest order first, and counts the lines that found too little. */
  refund(request: RefundRequest): { entries: RefundEntry[]; unmatchedLines: number }
}

interface OpenLine {
  order: OpenOrder
  index: number
  refunded: number
}

interface OpenOrder {
  entry: OrderEntry
  linesLeft: number
}

export function createRefundLedger(): RefundLedger {
  /** By customer and stock code, oldest first. */
  const purchases = new Map<string, OpenLine[]>()
  return {
    bought(entry) {
      if (entry.customer === null) return
      const order = { entry, linesLeft: entry.lines.length }
      // Backwards, because an order's lines are taken from the end of the list: its first line goes first.
      for (let index = entry.lines.length - 1; index >= 0; index--) {
        const key = purchaseKey(entry.customer, entry.lines[index]!.stockCode)
        const lines = purchases.get(key)
        if (lines === undefined) purchases.set(key, [{ order, index, refunded: 0 }])
        else lines.push({ order, index, refunded: 0 })
      }
    },
    refund(request) {
      const entries = new Map<OpenOrder, RefundEntry>()
      let unmatchedLines = 0
      for (const { stockCode, quantity } of request.lines) {
        const open = purchases.get(purchaseKey(request.customer, stockCode)) ?? []
        let wanted = quantity
        while (wanted > 0 && open.length > 0) {
          const line = open[open.length - 1]!
          const refunded = takeFrom(line, wanted)
          wanted -= refunded.quantity
          if (isUsedUp(line)) open.pop()
          addTo(entries, line.order, request, refunded)
        }
        if (wanted > 0 || quantity <= 0) unmatchedLines += 1
      }
      return { entries: [...entries.values()], unmatchedLines }
    },
  }
}

function purchaseKey(customer: string, stockCode: string): string {
  return `${customer}\u0000${stockCode}`
}

function takeFrom(line: OpenLine, wanted: number): RefundLine {
  const bought = line.order.entry.lines[line.index]!
  const quantity = Math.min(wanted, bought.quantity - line.refunded)
  const before = shareOf(bought.lineMinor, line.refunded, bought.quantity)
  line.refunded += quantity
  if (isUsedUp(line)) line.order.linesLeft -= 1
  const amountMinor = shareOf(bought.lineMinor, line.refunded, bought.quantity) - before
  return { lineIndex: line.index, stockCode: bought.stockCode, quantity, amountMinor }
}

function isUsedUp(line: OpenLine): boolean {
  return line.refunded === line.order.entry.lines[line.index]!.quantity
}

// Each refund is the growth of the rounded share, so that the refunds of a line add up to what was paid for it.
function shareOf(lineMinor: number, part: number, whole: number): number {
  const doubled = 2n * BigInt(lineMinor) * BigInt(part)
  return Number((doubled + BigInt(whole)) / (2n * BigInt(whole)))
}

function addTo(entries: Map<OpenOrder, RefundEntry>, order: OpenOrder, request: RefundRequest, line: RefundLine): void {
  const { invoice, at, customer } = request
  const orderInvoice = order.entry.invoice
  const entry = entries.get(order) ?? { kind: 'refund', invoice, at, customer, orderInvoice, lines: [], isWhole: false }
  const sameLine = entry.lines.find((other) => other.lineIndex === line.lineIndex)
  if (sameLine === undefined) entry.lines.push(line)
  else {
    sameLine.quantity += line.quantity
    sameLine.amountMinor += line.amountMinor
  }
  entry.isWhole = order.linesLeft === 0
  entries.set(order, entry)
}
